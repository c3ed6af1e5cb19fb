package dev.doorstep.protocol.conformance;

import java.io.IOException;
import java.util.Set;

/** Tries some rules at a point. */
interface Check {
  /** The rules that it may tell about. */
  Set<Rule> rules();

  /**
   * Tries them, and leaves nothing behind.
   *
   * @throws IOException if the broker is gone
   */
  void run(Trial trial) throws IOException;
}
