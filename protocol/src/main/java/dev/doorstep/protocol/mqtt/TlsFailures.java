package dev.doorstep.protocol.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * What a failure of TLS means, and what to do about it. Java tells the broker's alerts only in its
 * texts: {@code Received fatal alert: certificate_required}.
 */
final class TlsFailures {
  private TlsFailures() {}

  /**
   * A failure on a connection with TLS.
   *
   * @param certificate the client's own, if it has one
   * @param shaking whether it was in the handshake
   */
  static BrokerException explain(
      IOException e, BrokerAddress address, Optional<Path> certificate, boolean shaking) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerException known) {
        return known;
      }
      if (cause instanceof BrokerTrust.Distrust distrust) {
        return new BrokerException(distrust.wording(), e);
      }
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("fatal alert")) {
      return new BrokerException(alert(text, certificate), e);
    }
    if (text.contains("Unsupported or unrecognized SSL message")) {
      return new BrokerException(Wording.of("speaks-no-tls", address.port()), e);
    }
    if (e instanceof SocketTimeoutException) {
      return new BrokerException(Wording.of("no-answer-to-tls", address.port()), e);
    }
    if (shaking && (e.getCause() instanceof EOFException || e instanceof SocketException)) {
      return new BrokerException(Wording.of("ended-as-tls-began", address.port()), e);
    }
    return new BrokerException(Wording.of("tls-failed", text), e);
  }

  /**
   * A failure before the broker's CONNACK: where the connection just ended, a hint at the other
   * kind of port, or at the certificate that the broker may have wanted.
   */
  static IOException beforeAnAnswer(MqttException e, BrokerLogin login) throws MqttException {
    Throwable cause = e.getCause();
    if (cause instanceof BrokerException known) {
      return known;
    }
    if (!(cause instanceof EOFException || cause instanceof SocketException)
        || cause instanceof ConnectException
        || cause instanceof NoRouteToHostException) {
      throw e;
    }
    if (!login.address().secured()) {
      return new BrokerException(Wording.of("ended-without-answer", login.address().port()), e);
    }
    return new BrokerException(
        Wording.of(
            login.tls().certificate().isPresent()
                ? "ended-with-certificate"
                : "ended-without-certificate"),
        e);
  }

  private static Wording alert(String text, Optional<Path> certificate) {
    if (text.contains("protocol_version") || text.contains("insufficient_security")) {
      return Wording.of("versions");
    }
    boolean none = text.contains("certificate_required") || text.contains("handshake_failure");
    if (none && certificate.isEmpty()) {
      return Wording.of("certificate-wanted");
    }
    if (certificate.isEmpty() || !(none || text.contains("certificate") || text.contains("ca"))) {
      return Wording.of("tls-ended", text);
    }
    String why =
        text.contains("expired")
            ? "refused-expired"
            : text.contains("revoked") ? "refused-revoked" : "refused-unknown";
    return Wording.of("certificate-refused", certificate.get(), Wording.of(why));
  }
}
