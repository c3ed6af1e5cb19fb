package dev.doorstep.driver.transport;

import java.util.Optional;

/** Where the screens come from that {@code screen:} connections name. Any thread may ask. */
@FunctionalInterface
public interface ScreenSource {
  /** Of a program that serves no screens. */
  ScreenSource NONE = name -> Optional.empty();

  /**
   * The screen of this name, or empty if none is served under it.
   *
   * @param name what follows {@code screen:} in the connection
   */
  Optional<Screen> screen(String name);
}
