package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Content;
import java.util.List;
import java.util.Optional;

/** The way of a command whose sender ended with the start before this one. */
enum NoReply implements ReplyTo {
  /** The only one. */
  WAY;

  @Override
  public int pieceSize() {
    return Content.LARGEST_PIECE;
  }

  @Override
  public Optional<ReplyAddress> address() {
    return Optional.empty();
  }

  /** Nobody waits for it; it counts as delivered. */
  @Override
  public void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered) {
    delivered.run();
  }

  /** Nobody asks for them. */
  @Override
  public void sendPieces(OutgoingBlob blob, List<Integer> pieces) {}

  /** Nobody sees it. */
  @Override
  public void preview(String id, byte[] jpeg) {}
}
