package dev.doorstep.protocol;

import java.util.Locale;

/**
 * What can go wrong with a command. The set may grow; others' codes begin with {@code x-vendor.}.
 */
public enum ErrorCode {
  /** The message is no JSON object of the form of a command. */
  MALFORMED(Kind.REQUEST, false),
  /** The message is larger than 128 KiB. */
  TOO_LARGE(Kind.REQUEST, false),
  /** A command was published with the retain flag. */
  RETAINED(Kind.REQUEST, false),
  /** The point has no device of this name. */
  UNKNOWN_DEVICE(Kind.REQUEST, false),
  /** The device does not offer this operation, or not with these parameters. */
  UNSUPPORTED(Kind.REQUEST, false),
  /** A parameter is unknown, of the wrong type or out of its range. */
  INVALID_PARAMETERS(Kind.REQUEST, false),
  /** The document is no document of its kind, is damaged, or is locked with a password. */
  BAD_DOCUMENT(Kind.REQUEST, false),
  /** A known id came with another content. */
  CONFLICT(Kind.REQUEST, false),

  /** No card was placed in time, or the card that lies there was read before. */
  NO_CARD(Kind.DEVICE, true),
  /** The card was there and could not be read. */
  CARD_READ_FAILED(Kind.DEVICE, true),
  /** The card was taken away while it was read. */
  CARD_REMOVED(Kind.DEVICE, true),
  /** The card gives its data only for a PIN or a security module, which the point has not. */
  CARD_LOCKED(Kind.DEVICE, false),
  /** No code was shown in time. */
  NO_CODE(Kind.DEVICE, true),
  /** No document lies in the feeder, or none was laid there in time. */
  NO_DOCUMENT(Kind.DEVICE, true),
  /** The paper has run out. */
  OUT_OF_PAPER(Kind.DEVICE, true),
  /** Paper is stuck in the printer or the scanner. */
  PAPER_JAM(Kind.DEVICE, true),
  /** The toner or ink is nearly used up, or is. */
  TONER_LOW(Kind.DEVICE, true),
  /** The cover is open. */
  COVER_OPEN(Kind.DEVICE, true),
  /** The cutter is stuck. */
  CUTTER_FAULT(Kind.DEVICE, true),
  /** A document is larger than is taken, from a device or a client. */
  DOCUMENT_TOO_LARGE(Kind.DEVICE, false),
  /** No browser shows the resident's screen. */
  SCREEN_NOT_OPEN(Kind.DEVICE, true),
  /** Another program or another counter uses the device. */
  DEVICE_IN_USE(Kind.DEVICE, true),
  /** The device demands a user name and password, or refuses this point. */
  ACCESS_DENIED(Kind.DEVICE, false),
  /** The device reports a fault that has no code of its own. */
  DEVICE_FAULT(Kind.DEVICE, false),

  /** The device did not answer in time; the line is still open. */
  TIMEOUT(Kind.LINK, true),
  /** The line to the device was closed. */
  DISCONNECTED(Kind.LINK, true),
  /** The device is not there: no such port, nobody listens, or no permission. */
  NOT_CONNECTED(Kind.LINK, true),
  /** What the device sent breaks its protocol. */
  GARBLED(Kind.LINK, true),
  /** The device comes and goes; its state is told once it has held for a while. */
  UNSTEADY(Kind.LINK, true),

  /** The device has as many commands waiting as it takes. */
  BUSY(Kind.AGENT, true),
  /** The command waited longer than its message expiry. */
  EXPIRED(Kind.AGENT, true),
  /** The agent is stopping. */
  STOPPING(Kind.AGENT, true),
  /** The client cancelled the command while the device acted: what was done nobody can tell. */
  CANCELLED(Kind.AGENT, false),
  /** The agent was restarted while the command was under way. */
  AGENT_RESTARTED(Kind.AGENT, true),
  /** The command was done, and its result is no longer kept. */
  RESULT_GONE(Kind.AGENT, false),
  /** A part of a large document did not arrive or does not match its digest. */
  BLOB_DAMAGED(Kind.AGENT, true),
  /** A large document is no longer kept, or never was. */
  GONE(Kind.AGENT, false),
  /** As many large documents are kept as the agent takes. */
  TOO_MANY_BLOBS(Kind.AGENT, true),
  /** The agent cannot write to its disk: what needs to be on it first is not done. */
  STORAGE_FULL(Kind.AGENT, true),
  /** The driver did not return from its device, although its line was closed under it. */
  DRIVER_HUNG(Kind.AGENT, true),
  /** The point is not online, and the call was not to wait; said by the center's client alone. */
  NOT_ONLINE(Kind.LINK, true),
  /** No reply came within expiry, timeout and ten seconds; said by the center's client alone. */
  NO_REPLY(Kind.LINK, true),
  /** A defect of the agent; its log has the details. */
  INTERNAL(Kind.AGENT, false);

  /** Whose business an error is. */
  public enum Kind {
    /** The sender of the command has to change it. */
    REQUEST,
    /** The device, or somebody beside it, has to act. */
    DEVICE,
    /** The line between agent and device (or center and point) failed. */
    LINK,
    /** The agent itself. */
    AGENT
  }

  private final Kind kind;
  private final boolean retryable;

  ErrorCode(Kind kind, boolean retryable) {
    this.kind = kind;
    this.retryable = retryable;
  }

  /** Whose business this is. */
  public Kind kind() {
    return kind;
  }

  /** Whether the same command may succeed later, once the recovery was followed. */
  public boolean retryable() {
    return retryable;
  }

  /** What to do about it, in a sentence for the person at the point or in the center. */
  public String recovery(Locale locale) {
    return Words.of(ErrorCode.class, locale).text(name());
  }
}
