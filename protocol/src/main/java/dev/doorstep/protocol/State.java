package dev.doorstep.protocol;

import java.util.Locale;

/** The states of a command as replies tell them; the form on the wire is in small letters. */
public enum State {
  /** It waits for its turn. */
  ACCEPTED,
  /** The device is at it. */
  RUNNING,
  /** Done; the reply has the result. */
  SUCCEEDED,
  /** Not done; the reply has the error. */
  FAILED,
  /** Ended at the client's wish; the device was proven usable since. */
  CANCELLED,
  /** Not begun in time. */
  EXPIRED,
  /** Not taken: the command itself is at fault, or no more are taken now. */
  REJECTED,
  /** The device may have acted, and nobody can tell. */
  UNKNOWN;

  /** Whether no other state follows. */
  public boolean isFinal() {
    return this != ACCEPTED && this != RUNNING;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
