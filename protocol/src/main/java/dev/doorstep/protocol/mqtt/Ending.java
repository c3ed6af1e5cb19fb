package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.util.Locale;

/** A connection that ends by the rules of MQTT, as the broker or this side says. */
final class Ending extends IOException {
  /** Of a connection that just ended. */
  static final int UNSPECIFIED = 0x80;

  static final int MALFORMED = 0x81;
  static final int PROTOCOL_ERROR = 0x82;
  static final int KEEP_ALIVE_TIMEOUT = 0x8D;
  static final int TOO_LARGE = 0x95;
  static final int QOS_NOT_SUPPORTED = 0x9B;

  private static final long serialVersionUID = 1L;

  private final int reason;
  private final transient Wording wording;
  private final boolean ours;

  private Ending(int reason, Wording wording, boolean ours) {
    super(wording.in(Locale.ENGLISH));
    this.reason = reason;
    this.wording = wording;
    this.ours = ours;
  }

  /** The broker refuses the connection. */
  static Ending refused(int reason) {
    return new Ending(reason, Reasons.connecting(reason), false);
  }

  /** The broker refuses for a reason that MQTT 5 does not know. */
  static Ending refusedSomehow() {
    return new Ending(UNSPECIFIED, Wording.of("connack.unknown"), false);
  }

  /** The broker refuses a subscription without which the connection is of no use. */
  static Ending notSubscribed(int reason) {
    return new Ending(reason, Wording.of("subscription-refused", Reasons.of(reason)), true);
  }

  /** The broker ends the connection. */
  static Ending told(int reason) {
    return new Ending(reason, Reasons.of(reason), false);
  }

  /**
   * The broker does what it must not, and this side ends the connection.
   *
   * @param detail what it is, for the log
   */
  static Ending broken(int reason, String detail) {
    return new Ending(reason, Wording.of("breaks-protocol", Reasons.of(reason), detail), true);
  }

  /** The reason code of MQTT 5. */
  int reason() {
    return reason;
  }

  /** Whether this side ends the connection, and tells the broker why. */
  boolean isOurs() {
    return ours;
  }

  Wording wording() {
    return wording;
  }
}
