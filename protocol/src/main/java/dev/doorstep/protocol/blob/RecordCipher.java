package dev.doorstep.protocol.blob;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM with a random key that is nowhere but here. For one thread at a time. Records go from an
 * array of the caller into another one and through no third, since copies and new arrays would take
 * longer than the cipher does.
 */
final class RecordCipher {
  /** How many bytes a sealed record has more. */
  static final int TAG = 16;

  /**
   * A virtual machine compiles what is called often, not what takes long: whole records at once are
   * slow for the first 100 MB, these steps for the first 20, and what they warm also opens records.
   */
  private static final int STEP = 4 * 1024;

  private final SecretKeySpec key;
  private final Cipher sealing = cipher();
  private final Cipher opening = cipher();

  RecordCipher() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "AES");
  }

  /**
   * Seals a record. No two may have the same {@code place}.
   *
   * @param sealed gets it, {@link #TAG} bytes more
   */
  void seal(int n, long place, byte[] bytes, int offset, int length, byte[] sealed) {
    try {
      begin(sealing, Cipher.ENCRYPT_MODE, n, place);
      int done = 0;
      int written = 0;
      while (length - done > STEP) {
        written += sealing.update(bytes, offset + done, STEP, sealed, written);
        done += STEP;
      }
      sealing.doFinal(bytes, offset + done, length - done, sealed, written);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Opens a record.
   *
   * @param bytes gets it; as many as it has, and not those that were sealed
   * @throws GeneralSecurityException if it is not as it was sealed
   */
  void open(int n, long place, byte[] sealed, byte[] bytes) throws GeneralSecurityException {
    begin(opening, Cipher.DECRYPT_MODE, n, place);
    opening.doFinal(sealed, 0, bytes.length + TAG, bytes, 0);
  }

  private void begin(Cipher cipher, int mode, int n, long place) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putLong(4, place).array();
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(ByteBuffer.allocate(4).putInt(0, n));
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }
}
