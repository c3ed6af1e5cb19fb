package dev.doorstep.protocol.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openssl.PEMParser;

/** A file with certificates or keys, as PEM or PKCS#12. Every failure names it. */
final class StoredFile {
  private static final long LARGEST = 1 << 20;
  private static final String BEGIN = "-----BEGIN ";

  private final Path file;
  private final byte[] bytes;

  private StoredFile(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Reads a file. */
  static StoredFile read(Path file) throws BrokerException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new BrokerException(Wording.of("file-too-large", file));
      }
      return new StoredFile(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new BrokerException(Wording.of("file-missing", file), e);
    } catch (AccessDeniedException e) {
      throw new BrokerException(Wording.of("file-forbidden", file), e);
    } catch (BrokerException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokerException(Wording.of("file-unreadable", file), e);
    }
  }

  /** The text of a password file, or empty where none is named. */
  static Optional<char[]> password(Optional<Path> file) throws BrokerException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    byte[] text = read(file.get()).bytes;
    return Optional.of(new String(text, StandardCharsets.UTF_8).strip().toCharArray());
  }

  /** Whether it is text in PEM; else it may be PKCS#12. */
  boolean isPem() {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN);
  }

  /** What stands in it in PEM: certificates, keys and others, as BouncyCastle's types. */
  List<Object> entries() throws BrokerException {
    List<Object> entries = new ArrayList<>();
    try (Reader text =
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
        PEMParser parser = new PEMParser(text)) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        entries.add(entry);
      }
      return entries;
    } catch (IOException | RuntimeException e) { // BouncyCastle throws both for damaged text
      throw new BrokerException(Wording.of("pem-damaged", file), e);
    }
  }

  /** The PKCS#12 store that it is. */
  KeyStore store(Optional<char[]> password) throws BrokerException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password.orElse(new char[0]));
      return store;
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? wrongPassword(e)
          : new BrokerException(Wording.of("no-pem-no-store", file), e);
    } catch (GeneralSecurityException e) {
      throw new BrokerException(Wording.of("file-unusable", file, e), e);
    }
  }

  /** That its password is another one. */
  BrokerException wrongPassword(Exception cause) {
    return new BrokerException(Wording.of("password-wrong", file), cause);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
