package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A client's private key and the certificates that show whose it is.
 *
 * @param key the key
 * @param chain the client's certificate first; not to be changed
 */
record ClientKey(PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] TRIED =
      "does the key fit".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  ClientKey {
    chain = List.copyOf(chain);
  }

  /** Made where a key is encrypted, and once: it takes a while. */
  private static final class Ciphers {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }

  /** The key that the files name, or empty if they name none. */
  static Optional<ClientKey> of(TlsFiles files) throws BrokerException {
    if (files.certificate().isEmpty()) {
      return Optional.empty();
    }
    StoredFile certificate = StoredFile.read(files.certificate().get());
    Optional<char[]> password = StoredFile.password(files.password());
    if (!certificate.isPem()) {
      ClientKey stored = ofStore(certificate, password);
      return Optional.of(stored.checked(certificate, certificate));
    }
    // A PEM file may hold both.
    StoredFile key = files.key().isPresent() ? StoredFile.read(files.key().get()) : certificate;
    ClientKey read = new ClientKey(privateKey(key, password), Certificates.ofPem(certificate));
    return Optional.of(read.checked(key, certificate));
  }

  private static ClientKey ofStore(StoredFile file, Optional<char[]> password)
      throws BrokerException {
    KeyStore store = file.store(password);
    try {
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password.orElse(new char[0]));
        if (key instanceof PrivateKey found) {
          List<X509Certificate> chain = new ArrayList<>();
          Certificate[] stored = store.getCertificateChain(alias);
          if (stored == null) {
            throw new BrokerException(Wording.of("key-without-certificate", file));
          }
          for (Certificate certificate : stored) {
            chain.add((X509Certificate) certificate);
          }
          return new ClientKey(found, chain);
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw file.wrongPassword(e);
    } catch (GeneralSecurityException e) {
      throw new BrokerException(Wording.of("file-unusable", file, e), e);
    }
    throw new BrokerException(Wording.of("no-key", file));
  }

  private static PrivateKey privateKey(StoredFile file, Optional<char[]> password)
      throws BrokerException {
    for (Object entry : file.isPem() ? file.entries() : List.of()) {
      Optional<PrivateKeyInfo> found = plain(file, entry, password);
      if (found.isPresent()) {
        try {
          return new JcaPEMKeyConverter().getPrivateKey(found.get());
        } catch (IOException e) {
          throw new BrokerException(Wording.of("key-kind", file), e);
        }
      }
    }
    throw new BrokerException(Wording.of("no-key-in-pem", file));
  }

  private static Optional<PrivateKeyInfo> plain(
      StoredFile file, Object entry, Optional<char[]> password) throws BrokerException {
    if (entry instanceof PrivateKeyInfo key) {
      return Optional.of(key);
    }
    if (entry instanceof PEMKeyPair pair) {
      return Optional.of(pair.getPrivateKeyInfo());
    }
    boolean encrypted =
        entry instanceof PKCS8EncryptedPrivateKeyInfo || entry instanceof PEMEncryptedKeyPair;
    if (encrypted && password.isEmpty()) {
      throw new BrokerException(Wording.of("key-encrypted", file));
    }
    try {
      Provider ciphers = Ciphers.PROVIDER;
      if (entry instanceof PKCS8EncryptedPrivateKeyInfo key) {
        return Optional.of(
            key.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(ciphers)
                    .build(password.orElseThrow())));
      }
      if (entry instanceof PEMEncryptedKeyPair pair) {
        return Optional.of(
            pair.decryptKeyPair(
                    new JcePEMDecryptorProviderBuilder()
                        .setProvider(ciphers)
                        .build(password.orElseThrow()))
                .getPrivateKeyInfo());
      }
    } catch (PKCSException | IOException | OperatorCreationException e) {
      throw file.wrongPassword(e); // what is decrypted with another one is no key
    }
    return Optional.empty();
  }

  /** Itself, if the key made the signature that the certificate's public key expects. */
  private ClientKey checked(StoredFile keyFile, StoredFile certificateFile) throws BrokerException {
    X509Certificate certificate = chain.get(0);
    try {
      if (key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
        String algorithm =
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> key.getAlgorithm();
            };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(TRIED);
        byte[] signature = signing.sign();
        signing.initVerify(certificate.getPublicKey());
        signing.update(TRIED);
        if (signing.verify(signature)) {
          return this;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new BrokerException(Wording.of("key-unusable", keyFile), e);
    }
    throw new BrokerException(Wording.of("key-does-not-fit", keyFile, certificateFile));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ClientKey[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
