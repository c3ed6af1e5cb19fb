package dev.doorstep.protocol.mqtt;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why an attempt to connect failed, in words. */
final class Failures {
  private Failures() {}

  /**
   * The words for a failure.
   *
   * @param phase how far the attempt had come
   */
  static Wording of(Throwable cause, Conversation.Phase phase, BrokerLogin login) {
    if (cause instanceof Ending known) {
      return known.wording();
    }
    if (cause instanceof BrokerException known) {
      return known.wording();
    }
    int port = login.address().port();
    if (cause instanceof TimeoutException) {
      return switch (phase) {
        case CONNECTING -> Wording.of("unreachable", "connect timed out");
        case SHAKING -> Wording.of("no-answer-to-tls", port);
        case ASKING -> Wording.of("no-answer");
      };
    }
    if (phase == Conversation.Phase.SHAKING || cause instanceof SSLException) {
      return TlsFailures.of(cause, login.tls().certificate(), port);
    }
    return phase == Conversation.Phase.CONNECTING
        ? unreached(cause, login.address())
        : unanswered(login);
  }

  private static Wording unreached(Throwable cause, BrokerAddress address) {
    if (cause instanceof UnknownHostException) {
      return Wording.of("name-unknown", address.host());
    }
    String text = String.valueOf(cause.getMessage());
    return cause instanceof ConnectException && text.contains("Connection refused")
        ? Wording.of("nobody-listens", address.port())
        : Wording.of("unreachable", text);
  }

  /**
   * The connection just ended before the broker's answer: a hint at the other kind of port, or at
   * the certificate that the broker may have wanted.
   */
  private static Wording unanswered(BrokerLogin login) {
    if (!login.address().secured()) {
      return Wording.of("ended-without-answer", login.address().port());
    }
    return Wording.of(
        login.tls().certificate().isPresent()
            ? "ended-with-certificate"
            : "ended-without-certificate");
  }
}
