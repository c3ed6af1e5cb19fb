package dev.doorstep.protocol.mqtt;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides as Java does, and says in words why a broker's certificate is not accepted. */
final class BrokerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager java;
  private final BrokerAddress address;
  private final Wording authorities;

  /** Why a certificate is not accepted; the text is for the technician. */
  static final class Distrust extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final transient Wording wording;

    Distrust(Wording wording, Throwable cause) {
      super(wording.in(Locale.ENGLISH), cause);
      this.wording = wording;
    }

    Wording wording() {
      return wording;
    }
  }

  /**
   * Asks Java's own.
   *
   * @param authorities where the accepted ones stand, for texts
   */
  BrokerTrust(X509ExtendedTrustManager java, BrokerAddress address, Wording authorities) {
    this.java = java;
    this.address = address;
    this.authorities = authorities;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    java.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      java.checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new Distrust(why(chain, type), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    java.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    java.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    java.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    java.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }

  private Wording why(X509Certificate[] chain, String type) {
    return period(chain)
        .orElseGet(
            () -> {
              Optional<Wording> problem = authority(chain, type);
              return problem.orElseGet(() -> otherName(chain[0]));
            });
  }

  private Optional<Wording> period(X509Certificate[] chain) {
    Instant now = Instant.now();
    for (X509Certificate each : chain) {
      if (now.isAfter(each.getNotAfter().toInstant())) {
        return Optional.of(Wording.of("certificate-expired", each.getNotAfter().toInstant()));
      }
      if (now.isBefore(each.getNotBefore().toInstant())) {
        return Optional.of(Wording.of("certificate-early", each.getNotBefore().toInstant()));
      }
    }
    return Optional.empty();
  }

  /** What is wrong when no name is asked for, if anything. */
  private Optional<Wording> authority(X509Certificate[] chain, String type) {
    try {
      java.checkServerTrusted(chain, type);
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(
          Wording.of(
              "authority-unknown", chain[chain.length - 1].getIssuerX500Principal(), authorities));
    }
  }

  private Wording otherName(X509Certificate certificate) {
    List<String> names = names(certificate);
    return names.isEmpty()
        ? Wording.of("certificate-nameless", address.host())
        : Wording.of("certificate-of-another", address.host(), String.join(", ", names));
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives =
          Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
      alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
    } catch (CertificateParsingException e) {
      names.add("?"); // names that nobody can read
    }
    return names;
  }
}
