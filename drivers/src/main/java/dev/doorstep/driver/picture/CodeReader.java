package dev.doorstep.driver.picture;

import dev.doorstep.driver.code.PictureCodes;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import java.awt.image.BufferedImage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the QR and bar codes on a page. */
final class CodeReader {
  private static final int MOST = 20;

  private CodeReader() {}

  /** Each once; first in the picture as it is, then in a smaller one, which has less noise. */
  static List<FoundCode> read(BufferedImage picture) {
    BufferedImage grey = Gray.of(picture);
    Set<FoundCode> codes = new LinkedHashSet<>();
    int longest = Math.max(grey.getWidth(), grey.getHeight());
    for (int step : new int[] {Math.max(1, longest / 2400), Math.max(2, longest / 1100)}) {
      BufferedImage seen = step == 1 ? grey : Shrink.by(grey, step);
      PictureCodes.all(Canvas.bytes(seen), seen.getWidth(), seen.getHeight())
          .forEach(code -> codes.add(new FoundCode(code.kind(), code.text())));
    }
    return codes.stream().limit(MOST).toList();
  }
}
