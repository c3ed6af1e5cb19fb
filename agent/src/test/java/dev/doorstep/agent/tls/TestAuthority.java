package dev.doorstep.agent.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the tests. */
final class TestAuthority {
  /** One for all, since it takes a while to make. */
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final X500Name name;
  private final KeyPair keys = pair("EC", 256);
  private final X509Certificate certificate;

  TestAuthority(String name) {
    this.name = new X500Name("CN=" + name);
    X509v3CertificateBuilder builder = builder(this.name, keys, -1, 2);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (CertIOException e) {
      throw new UncheckedIOException(e);
    }
    this.certificate = signed(builder);
  }

  /** A certificate with its key. */
  record Issued(X509Certificate certificate, PrivateKey key) {
    /** Writes {@code NAME.pem} and {@code NAME.key}, the key as PKCS#8. */
    void write(Path folder, String name) {
      pem(folder.resolve(name + ".pem"), certificate);
      pem(folder.resolve(name + ".key"), pkcs8(key, Optional.empty()));
    }
  }

  /** Its own certificate. */
  X509Certificate certificate() {
    return certificate;
  }

  /** A certificate that counts today, with a key of an elliptic curve. */
  Issued issue(String commonName, GeneralName... names) {
    return issue(commonName, pair("EC", 256), -1, 1, names);
  }

  /** A certificate for a key that counts between two days, from today. */
  Issued issue(String commonName, KeyPair pair, int from, int to, GeneralName... names) {
    X509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), pair, from, to);
    try {
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
    } catch (CertIOException e) {
      throw new UncheckedIOException(e);
    }
    return new Issued(signed(builder), pair.getPrivate());
  }

  /** A new key pair. */
  static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes certificates and keys as PEM. */
  static Path pem(Path file, Object... entries) {
    try (Writer text = Files.newBufferedWriter(file);
        JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object entry : entries) {
        writer.writeObject(entry);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key as PKCS#8, encrypted if there is a password. */
  static Object pkcs8(PrivateKey key, Optional<String> password) {
    try {
      JceOpenSSLPKCS8EncryptorBuilder encryption =
          new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC);
      return password.isEmpty()
          ? new JcaPKCS8Generator(key, null)
          : new JcaPKCS8Generator(
              key,
              encryption
                  .setProvider(BOUNCY_CASTLE)
                  .setPassword(password.get().toCharArray())
                  .build());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a PKCS#12 store with certificate and key. */
  static Path store(Path file, Issued issued, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "me", issued.key(), password.toCharArray(), new Certificate[] {issued.certificate()});
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair pair, int from, int to) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(SERIAL.getAndIncrement()),
        Date.from(now.plus(DAY.multipliedBy(from))),
        Date.from(now.plus(DAY.multipliedBy(to))),
        subject,
        pair.getPublic());
  }

  private X509Certificate signed(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
