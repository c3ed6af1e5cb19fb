package dev.doorstep.agent.command;

import java.time.Duration;

/** A message that asks a device for something, before anybody looked into it. Immutable. */
public final class Request {
  private final String client;
  private final String device;
  private final byte[] payload;
  private final boolean retained;
  private final boolean redelivered;
  private final Duration expiry;
  private final ReplyTo replyTo;
  private final Runnable safe;

  /**
   * A message as it came.
   *
   * @param client who asks, a valid name
   * @param device which device, a valid name
   * @param payload the message; not changed any more
   * @param retained whether it came with the retain flag
   * @param redelivered whether the broker may have sent it before (DUP)
   * @param expiry how long it may wait for its turn
   * @param replyTo where the replies go
   * @param safe run once the command is in the journal or answered; more than once does no harm
   */
  public Request(
      String client,
      String device,
      byte[] payload,
      boolean retained,
      boolean redelivered,
      Duration expiry,
      ReplyTo replyTo,
      Runnable safe) {
    this.client = client;
    this.device = device;
    this.payload = payload;
    this.retained = retained;
    this.redelivered = redelivered;
    this.expiry = expiry;
    this.replyTo = replyTo;
    this.safe = safe;
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

  boolean redelivered() {
    return redelivered;
  }

  Duration expiry() {
    return expiry;
  }

  ReplyTo replyTo() {
    return replyTo;
  }

  Runnable safe() {
    return safe;
  }
}
