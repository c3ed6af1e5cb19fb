package dev.doorstep.protocol.conformance;

import java.io.IOException;

/** There is nothing to check: the point is not online and does not answer either. */
public final class PointAwayException extends IOException {
  private static final long serialVersionUID = 1;

  private final String state;

  PointAwayException(String point, String state) {
    super("the point " + point + " is not online: " + state);
    this.state = state;
  }

  /** What its status says, or {@code -} if it has none. */
  public String state() {
    return state;
  }
}
