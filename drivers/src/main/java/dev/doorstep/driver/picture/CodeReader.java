package dev.doorstep.driver.picture;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.GenericMultipleBarcodeReader;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import java.awt.image.BufferedImage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the QR and bar codes on a page. */
final class CodeReader {
  private static final int MOST = 20;
  private static final int LONGEST_TEXT = 8_000;

  private CodeReader() {}

  /** Each once; first in the picture as it is, then in a smaller one, which has less noise. */
  static List<FoundCode> read(BufferedImage picture) {
    BufferedImage grey = Gray.of(picture);
    Set<FoundCode> codes = new LinkedHashSet<>();
    int longest = Math.max(grey.getWidth(), grey.getHeight());
    for (int step : new int[] {Math.max(1, longest / 2400), Math.max(2, longest / 1100)}) {
      add(step == 1 ? grey : Shrink.by(grey, step), codes);
    }
    return codes.stream().limit(MOST).toList();
  }

  private static void add(BufferedImage grey, Set<FoundCode> codes) {
    int width = grey.getWidth();
    int height = grey.getHeight();
    BinaryBitmap bitmap =
        new BinaryBitmap(
            new HybridBinarizer(
                new PlanarYUVLuminanceSource(
                    Canvas.bytes(grey), width, height, 0, 0, width, height, false)));
    try {
      Map<DecodeHintType, Object> hints = Map.of(DecodeHintType.TRY_HARDER, true);
      for (Result result :
          new GenericMultipleBarcodeReader(new MultiFormatReader()).decodeMultiple(bitmap, hints)) {
        if (result.getText().length() <= LONGEST_TEXT) {
          codes.add(new FoundCode(result.getBarcodeFormat().name(), result.getText()));
        }
      }
    } catch (NotFoundException e) {
      return; // a page without codes is the usual one
    }
  }
}
