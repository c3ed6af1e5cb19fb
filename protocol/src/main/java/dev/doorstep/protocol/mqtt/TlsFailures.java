package dev.doorstep.protocol.mqtt;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What a failure of TLS means, and what to do about it. Java tells the broker's alerts only in its
 * texts: {@code Received fatal alert: certificate_required}.
 */
final class TlsFailures {
  /** How Netty tells of a connection that ended in the handshake. */
  private static final String CLOSED = "Connection closed while SSL/TLS handshake";

  private TlsFailures() {}

  /**
   * A failure of TLS, or of a connection while hands are shaken.
   *
   * @param certificate the client's own, if it has one
   * @param port the broker's
   */
  static Wording of(Throwable failure, Optional<Path> certificate, int port) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerTrust.Distrust distrust) {
        return distrust.wording();
      }
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("fatal alert")) {
      return alert(text, certificate);
    }
    if (failure instanceof NotSslRecordException
        || text.contains("Unsupported or unrecognized SSL message")) {
      return Wording.of("speaks-no-tls", port);
    }
    if (!(failure instanceof SSLException) || text.startsWith(CLOSED)) {
      return Wording.of("ended-as-tls-began", port);
    }
    return Wording.of("tls-failed", text);
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
