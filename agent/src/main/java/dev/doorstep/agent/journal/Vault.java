package dev.doorstep.agent.journal;

import dev.doorstep.agent.files.OwnerOnly;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts what a person could be known by: AES-GCM under the key of a file. What is sealed is
 * bound to its place, so that the reply to one command cannot be passed off as another's. Any
 * thread.
 *
 * <pre>
 *   0      1            13
 *   | 0x01 | nonce (12) | ciphertext, tag (16) |
 * </pre>
 */
final class Vault {
  private static final Logger log = LoggerFactory.getLogger(Vault.class);
  private static final int KEY_BYTES = 32;
  private static final byte FORM = 1;
  private static final int NONCE_BYTES = 12;
  private static final int HEAD_BYTES = 1 + NONCE_BYTES;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();
  private final AtomicBoolean told = new AtomicBoolean();

  private Vault(Path file, byte[] key) {
    this.file = file;
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Reads the key, or makes one where there is no file. */
  static Vault open(Path file) throws JournalException {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      OwnerOnly.warnOfOthers(file);
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new JournalException(
            ErrorCode.INTERNAL,
            "the key file "
                + file
                + " has "
                + key.length
                + " bytes, a key has "
                + KEY_BYTES
                + ": put the right file back, or move this one away to begin with a new key (what"
                + " was encrypted with the old one is then lost)");
      }
      return new Vault(file, key);
    } catch (IOException e) {
      throw new JournalException(
          ErrorCode.INTERNAL,
          "the key file " + file + " cannot be read or made: see to its permissions (" + e + ")",
          e);
    }
  }

  /** Writes aside first: half a key under the right name would stop every later start. */
  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    OwnerOnly.create(aside, key, StandardOpenOption.SYNC);
    Files.move(aside, file); // fails where there is one by now
  }

  /**
   * Encrypts.
   *
   * @param place what {@link #open(String, byte[])} has to be asked with
   */
  byte[] seal(String place, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, place, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = new byte[HEAD_BYTES + cipher.getOutputSize(plain.length)];
      sealed[0] = FORM;
      System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
      cipher.doFinal(plain, 0, plain.length, sealed, HEAD_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Decrypts; empty (and logged once) if it was sealed with another key, or is damaged. */
  Optional<byte[]> open(String place, byte[] sealed) {
    try {
      if (sealed.length < HEAD_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORM) {
        throw new AEADBadTagException("not of this form");
      }
      GCMParameterSpec head = new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, place, head)
              .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
    } catch (AEADBadTagException e) {
      if (!told.getAndSet(true)) {
        log.warn(
            "what the journal holds encrypted cannot be read with the key {}: it is told as gone;"
                + " if there is a copy of the former key, stop, put it back and start again ({})",
            file,
            e.getMessage());
      }
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, String place, GCMParameterSpec head)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, head);
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
