package dev.doorstep.protocol.blob;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with a random key that is nowhere but here. Safe for any thread. */
final class RecordCipher {
  /** How many bytes a sealed record has more. */
  static final int TAG = 16;

  /**
   * A virtual machine compiles what is called often, not what takes long: whole records at once are
   * below 60 MB/s for the first 300 MB, these steps for the first 30.
   */
  private static final int STEP = 4 * 1024;

  private final SecretKeySpec key;

  RecordCipher() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "AES");
  }

  /** Seals a record. No two may have the same {@code place}. */
  byte[] seal(int n, long place, byte[] bytes, int offset, int length) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, n, place);
      byte[] sealed = new byte[length + TAG];
      int done = 0;
      int written = 0;
      while (length - done > STEP) {
        written += cipher.update(bytes, offset + done, STEP, sealed, written);
        done += STEP;
      }
      cipher.doFinal(bytes, offset + done, length - done, sealed, written);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Opens a record.
   *
   * @throws GeneralSecurityException if it is not as it was sealed
   */
  byte[] open(int n, long place, byte[] sealed) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, n, place).doFinal(sealed);
  }

  private Cipher cipher(int mode, int n, long place) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putLong(4, place).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(ByteBuffer.allocate(4).putInt(0, n));
    return cipher;
  }
}
