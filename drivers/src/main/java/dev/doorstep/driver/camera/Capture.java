package dev.doorstep.driver.camera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.picture.PictureJob;
import dev.doorstep.driver.picture.PictureSource;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Layout;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.util.Locale;

/** Takes the pages that lie before a camera, and has a document made of them. */
final class Capture {
  private final CameraSource camera;
  private final Pictures pictures;
  private final boolean findsPages;
  private final Locale locale;

  /**
   * The captures of a camera.
   *
   * @param findsPages whether a page is looked for although nothing is to be done to the picture
   */
  Capture(CameraSource camera, Pictures pictures, boolean findsPages, Locale locale) {
    this.camera = camera;
    this.pictures = pictures;
    this.findsPages = findsPages;
    this.locale = locale;
  }

  /** Carries one out. */
  CapturedDocument run(CaptureDocument wish, Call call) throws DeviceException {
    if (wish.source() == CaptureDocument.Source.FEEDER) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, "source FEEDER: a camera has none");
    }
    Patience patience = new Patience(call.deadline(), call::cancelled);
    if (!findsPages && isPlain(wish)) {
      try (Frames frames = camera.stills(patience)) {
        return frames.next().document();
      }
    }
    try (PictureJob job = pictures.begin(wish, call)) {
      take(wish, call, patience, job);
      return job.finish(); // the camera is free by now
    }
  }

  private void take(CaptureDocument wish, Call call, Patience patience, PictureJob job)
      throws DeviceException {
    boolean card = wish.layout() == Layout.CARD;
    int count = card ? 2 : wish.pages().orElse(1);
    Words words = Words.of(Capture.class, locale);
    try (Frames frames = camera.stills(patience)) {
      PageTurns turns = new PageTurns(frames, patience, call);
      // Where the first page is found the others are, too: what shows none is the bare table.
      boolean seen = job.add(picture(turns.first())).map(FoundPage::found).orElse(false);
      for (int n = 2; n <= count; n++) {
        call.progress(card ? words.text("turn") : words.text("lay", n, count));
        turns.next(
            wish.patience(),
            frame -> {
              if (seen) {
                return told(job.addIfSeen(picture(frame)), words, call);
              }
              var unused = job.add(picture(frame));
              return true;
            });
      }
    }
  }

  private static boolean told(boolean seen, Words words, Call call) {
    if (!seen) {
      call.progress(words.text("unseen"));
    }
    return seen;
  }

  private static PictureSource picture(Frame frame) {
    return PictureSource.camera(frame.jpeg());
  }

  /** Whether the camera's own picture is what is wanted. */
  private static boolean isPlain(CaptureDocument wish) {
    return wish.format() == CaptureDocument.Format.JPEG
        && wish.layout() == Layout.PAGE
        && wish.pages().orElse(1) == 1
        && wish.dpi().isEmpty()
        && wish.color() == CaptureDocument.Color.COLOR
        && !(wish.crop() || wish.deskew() || wish.clean() || wish.codes())
        && wish.rotate() == 0
        && wish.quality().isEmpty()
        && wish.largest().isEmpty();
  }
}
