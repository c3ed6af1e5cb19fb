package dev.doorstep.protocol;

/**
 * A message that is not of the contract's form. Its text names the place and what is expected
 * there, never what was found: that may be personal data.
 */
public final class InvalidMessageException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String path;

  InvalidMessageException(String path, String text) {
    super(path.isEmpty() ? text : path + ": " + text);
    this.path = path;
  }

  /** The JSON path of the place, such as {@code parameters.lines[2].size}; empty for the whole. */
  public String path() {
    return path;
  }
}
