package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Layout;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import java.time.Duration;
import java.util.Optional;

/** What a test asks of pictures, word by word. */
record Wishes(CaptureDocument wishes) {
  /** A scene whose page is plain to see. */
  static final long CLEAR_PAGE = 30_007;

  static Wishes of(Format format) {
    return new Wishes(CaptureDocument.plain(format));
  }

  Wishes crop() {
    return with(wishes.color(), true, wishes.deskew(), wishes.clean(), wishes.layout());
  }

  Wishes deskew() {
    return with(wishes.color(), wishes.crop(), true, wishes.clean(), wishes.layout());
  }

  Wishes clean() {
    return with(wishes.color(), wishes.crop(), wishes.deskew(), true, wishes.layout());
  }

  Wishes color(Color color) {
    return with(color, wishes.crop(), wishes.deskew(), wishes.clean(), wishes.layout());
  }

  Wishes card() {
    return with(wishes.color(), true, wishes.deskew(), wishes.clean(), Layout.CARD);
  }

  Wishes numbers(int dpi, int rotate, int largest, boolean codes) {
    return new Wishes(
        new CaptureDocument(
            wishes.format(),
            Source.FLAT,
            wishes.pages(),
            wishes.layout(),
            Duration.ZERO,
            dpi == 0 ? Optional.empty() : Optional.of(dpi),
            wishes.color(),
            wishes.crop(),
            wishes.deskew(),
            wishes.clean(),
            rotate,
            Optional.empty(),
            largest == 0 ? Optional.empty() : Optional.of(largest),
            codes));
  }

  private Wishes with(Color color, boolean crop, boolean deskew, boolean clean, Layout layout) {
    return new Wishes(
        new CaptureDocument(
            wishes.format(),
            Source.FLAT,
            wishes.pages(),
            layout,
            Duration.ZERO,
            wishes.dpi(),
            color,
            crop,
            deskew,
            clean,
            wishes.rotate(),
            wishes.quality(),
            wishes.largest(),
            wishes.codes()));
  }
}
