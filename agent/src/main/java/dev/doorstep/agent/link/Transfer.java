package dev.doorstep.agent.link;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.protocol.Topics;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The pieces of a document that are still to be sent to a client. {@link Outbox} guards it. */
final class Transfer {
  private final Topics topics;
  private final String client;
  private final OutgoingBlob blob;
  private final BitSet due = new BitSet();

  private Transfer(Topics topics, String client, OutgoingBlob blob) {
    this.topics = topics;
    this.client = client;
    this.blob = blob;
  }

  /** All pieces. */
  static Transfer of(Topics topics, String client, OutgoingBlob blob) {
    Transfer all = new Transfer(topics, client, blob);
    all.due.set(0, blob.description().pieces());
    return all;
  }

  /** Some pieces; numbers that the document does not have are passed over. */
  static Transfer of(Topics topics, String client, OutgoingBlob blob, List<Integer> pieces) {
    Transfer some = new Transfer(topics, client, blob);
    pieces.stream().filter(n -> n < blob.description().pieces()).forEach(some.due::set);
    return some;
  }

  /** Whether it sends the same document to the same client. */
  boolean isOfTheSame(Transfer other) {
    return client.equals(other.client)
        && blob.description().id().equals(other.blob.description().id());
  }

  /** What another one of the same document has due is due here. */
  void join(Transfer other) {
    due.or(other.due);
  }

  /** A piece is on its way already. */
  void skip(int n) {
    due.clear(n);
  }

  /** The number of the next piece, which counts as sent from now on; empty if none is due. */
  Optional<Integer> next() {
    int n = due.nextSetBit(0);
    if (n < 0) {
      return Optional.empty();
    }
    due.clear(n);
    return Optional.of(n);
  }

  /** A piece did not get through: it is due again. */
  void again(int n) {
    due.set(n);
  }

  /** The message of a piece. */
  Outgoing piece(int n) {
    return new Outgoing(
        topics.blob(client, blob.description().id(), n),
        blob.pieceLength(n),
        () -> blob.piece(n),
        false,
        Optional.empty());
  }
}
