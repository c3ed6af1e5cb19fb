package dev.doorstep.driver;

/** One running command, as its handler sees it. */
public interface Call {
  /** When the handler must be done. */
  Deadline deadline();

  /** Whether the client does not want it any more; a handler that waits looks often. */
  boolean cancelled();

  /** Tells what the device is at, for people: "waiting for a card". */
  void progress(String note);

  /**
   * Says that from here on the device may have acted, whatever comes: to be called right before the
   * first byte that moves paper or asks a person. A line that breaks after it makes the command's
   * end {@code unknown}, one that breaks before it {@code failed}.
   *
   * @throws DeviceException if the command must not act any more
   */
  void acting() throws DeviceException;

  /** Where documents of the result and pictures on the way go. */
  Output output();
}
