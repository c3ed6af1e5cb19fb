package dev.doorstep.driver;

/** Takes what devices tell by themselves. */
@FunctionalInterface
public interface EventSink {
  /**
   * Tells the center. Returns at once.
   *
   * @param event such as {@code card.placed}
   * @param subject whom it is about; if in doubt, a person
   * @param data a record, written as JSON
   */
  void publish(String event, Subject subject, Object data);
}
