package dev.doorstep.protocol.mqtt;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files with which a client of a broker with TLS knows the broker, and shows who it is itself.
 * They are read for each connection, so that a renewed certificate counts from the next one on.
 *
 * @param trust the authorities that a broker's certificate may come from, as PEM or PKCS#12; absent
 *     means those of the Java installation
 * @param trustPassword a file whose text is the password of a {@code trust} in PKCS#12
 * @param certificate the client's certificate and those up to its authority, as PEM; or a PKCS#12
 *     store with the key in it
 * @param key the private key to a {@code certificate} in PEM: PKCS#8, PKCS#1 or SEC 1
 * @param password a file whose text is the password of the key or of the PKCS#12 store
 */
public record TlsFiles(
    Optional<Path> trust,
    Optional<Path> trustPassword,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> password) {
  /** The authorities of the Java installation, and no certificate of the client. */
  public static final TlsFiles NONE =
      new TlsFiles(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that nothing stands alone that has no use alone. */
  public TlsFiles {
    if (key.isPresent() && certificate.isEmpty()) {
      throw new IllegalArgumentException("key needs a certificate beside it");
    }
    if (password.isPresent() && certificate.isEmpty()) {
      throw new IllegalArgumentException("password-file needs a certificate beside it");
    }
    if (trustPassword.isPresent() && trust.isEmpty()) {
      throw new IllegalArgumentException("trust-password-file needs trust beside it");
    }
  }

  /** The same with these authorities, as PEM. */
  public TlsFiles withTrust(Path trust) {
    return new TlsFiles(Optional.of(trust), Optional.empty(), certificate, key, password);
  }

  /** The same with a client's certificate and key, both as PEM without a password. */
  public TlsFiles withCertificate(Path certificate, Path key) {
    return new TlsFiles(
        trust, trustPassword, Optional.of(certificate), Optional.of(key), Optional.empty());
  }
}
