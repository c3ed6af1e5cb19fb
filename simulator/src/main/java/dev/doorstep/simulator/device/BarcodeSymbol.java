package dev.doorstep.simulator.device;

import com.google.zxing.oned.Code128Writer;
import com.google.zxing.oned.Code39Writer;
import com.google.zxing.oned.EAN13Writer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bar codes of a receipt printer: GS h, GS w, GS H and GS k. */
final class BarcodeSymbol {

  private static final Logger LOG = LoggerFactory.getLogger(BarcodeSymbol.class);
  private static final int HEIGHT = 162;
  private static final int MODULE = 3;

  private int height = HEIGHT;
  private int module = MODULE;
  private int text;

  void reset() {
    height = HEIGHT;
    module = MODULE;
    text = 0;
  }

  void height(int dots) {
    height = Math.max(1, dots);
  }

  void module(int dots) {
    module = dots >= 2 && dots <= 6 ? dots : module;
  }

  /** Where what it says stands: 1 above, 2 below, 3 both. */
  void text(int position) {
    text = position % 48;
  }

  int height() {
    return height;
  }

  int module() {
    return module;
  }

  boolean textBelow() {
    return (text & 2) != 0;
  }

  /**
   * The bars of a code, one a module, black where true.
   *
   * @param kind m of GS k, of either form
   * @return none if the kind cannot say this
   */
  boolean[] bars(int kind, String says) {
    try {
      return switch (kind) {
        case 2, 67 -> new EAN13Writer().encode(says);
        case 4, 69 -> new Code39Writer().encode(says);
        case 73 -> new Code128Writer().encode(says);
        default -> new boolean[0];
      };
    } catch (IllegalArgumentException e) {
      LOG.warn("no bar code {} of {} characters", kind, says.length());
      return new boolean[0];
    }
  }

  /** What a code says: of CODE 128 without the choice of its code set, which must be B. */
  static String says(int kind, byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    if (kind != 73) {
      return text;
    }
    return text.startsWith("{B") ? text.substring(2).replace("{{", "{") : "";
  }
}
