package dev.doorstep.protocol.mqtt;

/**
 * What a client wants to get.
 *
 * @param filter the topics, with {@code +} for one level and {@code #} for all below
 * @param qos the highest quality of service, 0 or 1
 * @param noLocal whether what the client itself publishes does not come back
 * @param retainAsPublished whether messages keep their retain flag
 * @param kept when what the broker keeps comes first
 */
public record Subscription(
    String filter, int qos, boolean noLocal, boolean retainAsPublished, Kept kept) {
  /** When the broker sends the messages that it keeps. */
  public enum Kept {
    /** At each SUBSCRIBE. */
    ALWAYS,
    /** Only if there was no such subscription yet. */
    NEW_ONLY,
    /** Never. */
    NEVER
  }

  /** Checks the filter and the number. */
  public Subscription {
    if (filter.isEmpty() || qos < 0 || qos > 1) {
      throw new IllegalArgumentException("a subscription has a filter, and QoS 0 or 1");
    }
  }

  /** One at QoS 1, with MQTT's usual options. */
  public static Subscription to(String filter) {
    return new Subscription(filter, 1, false, false, Kept.ALWAYS);
  }

  /** The same, but messages keep their retain flag. */
  public Subscription asPublished() {
    return new Subscription(filter, qos, noLocal, true, kept);
  }

  /** The same, but what is kept comes only where there was no such subscription yet. */
  public Subscription newOnly() {
    return new Subscription(filter, qos, noLocal, retainAsPublished, Kept.NEW_ONLY);
  }

  /** The same, but what the client itself publishes does not come back. */
  public Subscription ofOthers() {
    return new Subscription(filter, qos, true, retainAsPublished, kept);
  }
}
