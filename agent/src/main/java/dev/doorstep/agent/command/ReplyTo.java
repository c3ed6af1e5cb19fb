package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.journal.ReplyAddress;
import java.util.List;
import java.util.Optional;

/** Where the replies to a request go. Called by any thread; returns at once. */
public interface ReplyTo {
  /** The size of a blob's pieces on this way, in bytes. */
  int pieceSize();

  /** Where the way leads, for after a restart; empty if it ends with the program. */
  Optional<ReplyAddress> address();

  /**
   * Sends a reply, and after it the documents that were too large for it.
   *
   * @param blobs empty for most replies
   * @param delivered called once, when the reply has reached the broker or can never reach it
   */
  void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered);

  /** Sends some pieces of a document again. */
  void sendPieces(OutgoingBlob blob, List<Integer> pieces);

  /**
   * Shows a picture of a running preview, unless the one before it is still on its way. It is never
   * kept, and gives way to everything else.
   *
   * @param id the preview's command
   */
  void preview(String id, byte[] jpeg);
}
