package dev.doorstep.protocol.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;

/** The certificates in a file. */
final class Certificates {
  private Certificates() {}

  /** Those of a PEM file, in their order, at least one. */
  static List<X509Certificate> ofPem(StoredFile file) throws BrokerException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object entry : file.entries()) {
      if (entry instanceof X509CertificateHolder certificate) {
        certificates.add(certificate(file, certificate));
      } else if (entry instanceof X509TrustedCertificateBlock trusted) {
        certificates.add(certificate(file, trusted.getCertificateHolder()));
      }
    }
    if (certificates.isEmpty()) {
      throw new BrokerException(Wording.of("no-certificate", file));
    }
    return certificates;
  }

  /** The authorities in a file. */
  static KeyStore authorities(StoredFile file, Optional<char[]> password) throws BrokerException {
    try {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      if (file.isPem()) {
        for (X509Certificate certificate : ofPem(file)) {
          authorities.setCertificateEntry("authority-" + authorities.size(), certificate);
        }
        return authorities;
      }
      KeyStore stored = file.store(password);
      for (String alias : Collections.list(stored.aliases())) {
        if (stored.isCertificateEntry(alias)) {
          authorities.setCertificateEntry(alias, stored.getCertificate(alias));
        }
      }
      if (authorities.size() == 0) {
        throw new BrokerException(Wording.of("no-authority", file));
      }
      return authorities;
    } catch (BrokerException e) {
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      throw new BrokerException(Wording.of("file-unusable", file, e), e);
    }
  }

  private static X509Certificate certificate(StoredFile file, X509CertificateHolder holder)
      throws BrokerException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new BrokerException(Wording.of("certificate-damaged", file), e);
    }
  }
}
