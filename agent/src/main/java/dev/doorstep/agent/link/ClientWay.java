package dev.doorstep.agent.link;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.command.WrittenReply;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The way back to one client over the broker. */
final class ClientWay implements ReplyTo {
  /** A reply of at most this many bytes never gives way. */
  private static final int SMALL = 512;

  private final MqttLink link;
  private final String client;
  private final Optional<Outgoing.Correlation> correlation;

  ClientWay(MqttLink link, String client, Optional<Outgoing.Correlation> correlation) {
    this.link = link;
    this.client = client;
    this.correlation = correlation;
  }

  @Override
  public int pieceSize() {
    return link.pieceSize();
  }

  @Override
  public Optional<ReplyAddress> address() {
    return Optional.of(
        new ReplyAddress(link.topics().reply(client), correlation.map(Outgoing.Correlation::data)));
  }

  @Override
  public void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered) {
    Optional<Supplier<Outgoing>> instead =
        reply.json().length > SMALL && reply.head().isFinal()
            ? Optional.of(() -> instead(reply.head()))
            : Optional.empty();
    link.send(
        new Letter(message(reply.json()), Letter.Kind.REPLY, instead, delivered),
        blobs.stream().map(blob -> Transfer.of(link.topics(), client, blob)).toList());
  }

  @Override
  public void sendPieces(OutgoingBlob blob, List<Integer> pieces) {
    link.send(Transfer.of(link.topics(), client, blob, pieces));
  }

  @Override
  public void preview(String id, byte[] jpeg) {
    link.show(Outgoing.of(link.topics().preview(client, id), jpeg, Optional.empty()));
  }

  /** What is told of a reply that is too large for the broker, or to wait for it. */
  private Outgoing instead(Reply reply) {
    Problem problem =
        Problem.of(
            ErrorCode.RESULT_GONE,
            "the reply was too large for the broker, or to wait for it",
            link.locale());
    return message(Codec.write(reply.failedInstead(problem)));
  }

  private Outgoing message(byte[] payload) {
    return Outgoing.of(link.topics().reply(client), payload, correlation);
  }
}
