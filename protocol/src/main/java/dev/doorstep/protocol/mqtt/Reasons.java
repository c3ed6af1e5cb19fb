package dev.doorstep.protocol.mqtt;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** What the reason codes of MQTT 5 and Paho's failures mean, in words. */
final class Reasons {
  private static final int FIRST_REFUSAL = 0x80;
  private static final int LAST_REFUSAL = 0xFF;

  /** Those with words of their own, apart from the ones that only a CONNACK has. */
  private static final Set<Integer> KNOWN =
      Set.of(
          0x80, 0x81, 0x82, 0x83, 0x84, 0x87, 0x88, 0x89, 0x8B, 0x8E, 0x8F, 0x90, 0x93, 0x95, 0x96,
          0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA1, 0xA2);

  /** Those with other words where a broker refuses a connection. */
  private static final Set<Integer> CONNECTING = Set.of(0x85, 0x86, 0x87, 0x8A, 0x8C);

  private Reasons() {}

  /** Why a broker refuses a message or a subscription, or ends a connection. */
  static Wording of(int code) {
    String hex = String.format("%02X", code);
    return KNOWN.contains(code) ? Wording.of("reason." + hex) : Wording.of("reason.other", hex);
  }

  /** Why an attempt to connect failed. */
  static Wording of(MqttException e, BrokerAddress address) {
    int code = e.getReasonCode();
    if (CONNECTING.contains(code)) {
      return Wording.of("connack." + String.format("%02X", code));
    }
    if (code >= FIRST_REFUSAL && code <= LAST_REFUSAL) {
      return of(code);
    }
    if (code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
      return Wording.of("no-answer");
    }
    if (code == MqttException.REASON_CODE_INVALID_RETURN_CODE) {
      return Wording.of("connack.unknown");
    }
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    if (cause instanceof UnknownHostException) {
      return Wording.of("name-unknown", address.host());
    }
    if (cause instanceof ConnectException
        && String.valueOf(cause.getMessage()).contains("Connection refused")) {
      return Wording.of("nobody-listens", address.port());
    }
    if (cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketTimeoutException) {
      return Wording.of("unreachable", String.valueOf(cause.getMessage()));
    }
    return Wording.of("failed", cause == e ? e.getMessage() + " (" + code + ")" : cause);
  }
}
