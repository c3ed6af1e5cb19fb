package dev.doorstep.agent;

/** The agent cannot start; the text says why and what to do. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a text for the technician. */
  public StartException(String text, Throwable cause) {
    super(text, cause);
  }
}
