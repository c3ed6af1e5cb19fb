package dev.doorstep.driver.paper;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/** Texts. */
public final class PlainText {
  private static final int PART = 8192;

  private PlainText() {}

  /**
   * Whether a document is a text of ASCII alone, which printers know without a font of ours.
   *
   * @throws DeviceException {@code BLOB_DAMAGED} if it cannot be read
   */
  public static boolean isAscii(Content content) throws DeviceException {
    if (!content.contentType().toLowerCase(java.util.Locale.ROOT).startsWith("text/plain")) {
      return false;
    }
    try (InputStream in = Content.open(content)) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        for (byte b : part) {
          boolean known =
              (b >= ' ' && b < 0x7F) || b == '\n' || b == '\r' || b == '\t' || b == '\f';
          if (!known) {
            return false;
          }
        }
      }
      return true;
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.BLOB_DAMAGED, "the document cannot be read", e);
    }
  }
}
