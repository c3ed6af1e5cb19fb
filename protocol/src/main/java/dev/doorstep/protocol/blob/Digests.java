package dev.doorstep.protocol.blob;

import dev.doorstep.protocol.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of documents. */
public final class Digests {
  private Digests() {}

  /** A new, empty SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The SHA-256 of some bytes, 64 hexadecimal digits in small letters. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /**
   * The SHA-256 of a document as it can be read now, whatever it says of itself.
   *
   * @throws IOException if it cannot be read
   */
  public static String sha256(Content.Stored document) throws IOException {
    MessageDigest digest = sha256();
    byte[] part = new byte[Spool.LARGEST_RECORD];
    try (InputStream in = document.open()) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        digest.update(part, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
