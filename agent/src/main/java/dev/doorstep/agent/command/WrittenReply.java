package dev.doorstep.agent.command;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Reply;

/**
 * A reply as it leaves. It is written once, and its result is kept in that form alone: it may be
 * sent again, put on disk, or wait for the broker. Immutable.
 */
public final class WrittenReply {
  private final Reply head;
  private final byte[] json;

  /** What stands in the journal. */
  WrittenReply(Reply reply, byte[] json) {
    this.head = reply.withoutResult();
    this.json = json;
  }

  /** Writes a reply that holds no document above 48 KiB. */
  static WrittenReply of(Reply reply) {
    return new WrittenReply(reply, Codec.write(reply));
  }

  /**
   * Writes a reply; documents above 48 KiB go to {@code blobs}.
   *
   * @throws ContentException if {@code blobs} refuses one
   */
  static WrittenReply of(Reply reply, Content.Blobs blobs) throws ContentException {
    return new WrittenReply(reply, Codec.write(reply, blobs));
  }

  /** The reply without its result. */
  public Reply head() {
    return head;
  }

  /** The message itself, not a copy: not to be changed. */
  public byte[] json() {
    return json;
  }

  /** The reply with its result, read again. */
  public Reply whole() {
    try {
      return Codec.read(Reply.class, json);
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("what was written here can be read here", e);
    }
  }
}
