package dev.doorstep.driver.code;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Codes as somebody shows them to a camera. */
public final class ShownCode {
  private ShownCode() {}

  /**
   * A QR code with the bytes of a charset, which it does not declare.
   *
   * @param module how many pixels a module is wide
   */
  public static BufferedImage qr(String text, Charset charset, int module) {
    // ZXing declares every charset but this one
    String bytes = new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    return of(bytes, BarcodeFormat.QR_CODE, Map.of(), module, module);
  }

  /** A QR code that declares its charset by an ECI. */
  public static BufferedImage declared(String text, Charset charset, int module) {
    Map<EncodeHintType, Object> hints = Map.of(EncodeHintType.CHARACTER_SET, charset.name());
    return of(text, BarcodeFormat.QR_CODE, hints, module, module);
  }

  /**
   * A bar code.
   *
   * @param module how many pixels its narrowest bar is wide
   */
  public static BufferedImage bars(String text, BarcodeFormat format, int module) {
    return of(text, format, Map.of(), module, 80);
  }

  private static BufferedImage of(
      String text, BarcodeFormat format, Map<EncodeHintType, Object> hints, int across, int down) {
    BitMatrix bits;
    try {
      Map<EncodeHintType, Object> all = new EnumMap<>(EncodeHintType.class);
      all.putAll(hints);
      // in modules: all around a QR code, of a bar code both sides together
      all.put(EncodeHintType.MARGIN, format == BarcodeFormat.QR_CODE ? 4 : 20);
      bits = new MultiFormatWriter().encode(text, format, 1, 1, all);
    } catch (WriterException e) {
      throw new IllegalArgumentException(e);
    }
    BufferedImage picture =
        new BufferedImage(
            bits.getWidth() * across, bits.getHeight() * down, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, bits.get(x / across, y / down) ? 0 : 0xFFFFFF);
      }
    }
    return picture;
  }
}
