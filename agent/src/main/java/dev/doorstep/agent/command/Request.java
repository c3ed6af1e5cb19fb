package dev.doorstep.agent.command;

import java.time.Duration;

/** A message that asks a device for something, before anybody looked into it. Immutable. */
public final class Request {
  private final String client;
  private final String device;
  private final byte[] payload;
  private final boolean retained;
  private final Duration expiry;
  private final ReplyTo replyTo;

  /**
   * A message as it came.
   *
   * @param client who asks, a valid name
   * @param device which device, a valid name
   * @param payload the message; not changed any more
   * @param retained whether it came with the retain flag
   * @param expiry how long it may wait for its turn
   * @param replyTo where the replies go
   */
  public Request(
      String client,
      String device,
      byte[] payload,
      boolean retained,
      Duration expiry,
      ReplyTo replyTo) {
    this.client = client;
    this.device = device;
    this.payload = payload;
    this.retained = retained;
    this.expiry = expiry;
    this.replyTo = replyTo;
  }

  String client() {
    return client;
  }

  String device() {
    return device;
  }

  byte[] payload() {
    return payload;
  }

  boolean retained() {
    return retained;
  }

  Duration expiry() {
    return expiry;
  }

  ReplyTo replyTo() {
    return replyTo;
  }
}
