package dev.doorstep.agent.command;

import dev.doorstep.protocol.Reply;
import java.util.List;

/** Where the replies to a request go. Called by lanes' threads and links; returns at once. */
public interface ReplyTo {
  /** The size of a blob's pieces on this way, in bytes. */
  int pieceSize();

  /**
   * Sends a reply, and after it the documents that were too large for it.
   *
   * @param blobs empty for most replies
   */
  void send(Reply reply, List<OutgoingBlob> blobs);
}
