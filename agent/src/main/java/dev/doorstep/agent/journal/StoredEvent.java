package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Names;

/**
 * An event that waits for the broker. Never one that stands for a person: those are not written.
 * Immutable.
 */
public final class StoredEvent {
  private final String id;
  private final String device;
  private final byte[] body;

  /**
   * An event as it is to be sent.
   *
   * @param id the event's own id, never used twice
   * @param device whose event it is
   * @param body the message, not changed any more; encrypted on disk
   */
  public StoredEvent(String id, String device, byte[] body) {
    this.id = Names.check("an event's id", id);
    this.device = Names.check("a device", device);
    this.body = body;
  }

  /** The event's own id. */
  public String id() {
    return id;
  }

  /** Whose event it is. */
  public String device() {
    return device;
  }

  /** The message, not a copy: not to be changed. */
  public byte[] body() {
    return body;
  }
}
