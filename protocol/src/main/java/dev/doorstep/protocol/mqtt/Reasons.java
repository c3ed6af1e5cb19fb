package dev.doorstep.protocol.mqtt;

import java.util.Set;

/** What the reason codes of MQTT 5 mean, in words. */
final class Reasons {
  /** Those with words of their own, apart from the ones that only a CONNACK has. */
  private static final Set<Integer> KNOWN =
      Set.of(
          0x80, 0x81, 0x82, 0x83, 0x84, 0x87, 0x88, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x95,
          0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA1, 0xA2);

  /** Those with other words where a broker refuses a connection. */
  private static final Set<Integer> CONNECTING = Set.of(0x85, 0x86, 0x87, 0x8A, 0x8C);

  private Reasons() {}

  /** Why a broker refuses a message or a subscription, or ends a connection. */
  static Wording of(int code) {
    String hex = String.format("%02X", code);
    return KNOWN.contains(code) ? Wording.of("reason." + hex) : Wording.of("reason.other", hex);
  }

  /** Why a broker refuses a connection. */
  static Wording connecting(int code) {
    return CONNECTING.contains(code)
        ? Wording.of("connack." + String.format("%02X", code))
        : of(code);
  }
}
