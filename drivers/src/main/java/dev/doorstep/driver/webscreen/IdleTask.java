package dev.doorstep.driver.webscreen;

/** {@code {"task":"idle"}}: nothing is asked. */
final class IdleTask {
  /** The message. */
  static final String JSON = "{\"task\":\"idle\"}";

  private IdleTask() {}
}
