package dev.doorstep.driver;

/** Whom an event is about. */
public enum Subject {
  /** The device: paper low, a cover opened. Such an event may wait on disk until it can be sent. */
  DEVICE,
  /** A person: a card placed, a code scanned. Such an event is never written to disk. */
  PERSON
}
