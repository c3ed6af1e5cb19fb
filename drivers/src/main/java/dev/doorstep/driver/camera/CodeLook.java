package dev.doorstep.driver.camera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.code.PictureCodes;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ScannedCode;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code code.read} of a camera: looks at its pictures until a code is seen in one, by turns at
 * the whole of one and at the middle of the next in all its detail.
 */
final class CodeLook {
  /** What is looked at is no larger: enough for a code of a tenth of the table's width. */
  private static final int WIDTH = 1600;

  private static final int HEIGHT = 1200;

  /** A picture that comes sooner has waited in the line while the one before was looked at. */
  private static final Duration WAITED = Duration.ofMillis(5);

  private static final int MOST_WAITING = 60;

  private final Frames frames;
  private Optional<PictureCodes.Found> doubtful = Optional.empty();

  private CodeLook(Frames frames) {
    this.frames = frames;
  }

  /** Carries it out. */
  static ScannedCode run(CameraSource camera, ReadCode wish, Call call, Locale locale)
      throws DeviceException {
    call.progress(Words.of(CodeLook.class, locale).text("code"));
    Patience patience = new Patience(call.deadline(), call::cancelled);
    try (Frames frames = camera.stills(patience)) {
      return new CodeLook(frames).code(call.deadline().atMost(wish.patience()), patience, call);
    }
  }

  private ScannedCode code(Deadline end, Patience patience, Call call) throws DeviceException {
    Frame frame = frames.next();
    patience.renew(end);
    try {
      Optional<ScannedCode> code = in(frame, false).or(() -> in(frame, true));
      for (boolean middle = false; code.isEmpty(); middle = !middle) {
        patience.check();
        if (end.expired()) {
          throw noCode();
        }
        code = in(newest(), middle);
      }
      return code.get();
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.TIMEOUT && end.expired() && !call.deadline().expired()) {
        throw noCode();
      }
      throw e;
    }
  }

  /** Passes over what waits in the line. */
  private Frame newest() throws DeviceException {
    for (int passed = 0; ; passed++) {
      Deadline waited = Deadline.after(WAITED);
      Frame frame = frames.next();
      if (waited.expired() || passed == MOST_WAITING) {
        return frame;
      }
    }
  }

  /** A code that holds no check of itself has to be seen twice. */
  private Optional<ScannedCode> in(Frame frame, boolean middle) {
    Optional<PictureCodes.Found> found = found(frame, middle);
    boolean sure = found.isPresent() && (found.get().checked() || found.equals(doubtful));
    doubtful = found;
    return found
        .filter(code -> sure)
        .map(
            code ->
                new ScannedCode(
                    code.text(), Optional.of(code.kind()), code.charset().map(Charset::name)));
  }

  private static Optional<PictureCodes.Found> found(Frame frame, boolean middle) {
    JpegSize size = frame.size();
    int width = middle ? Math.min(WIDTH, size.width()) : size.width();
    int height = middle ? Math.min(HEIGHT, size.height()) : size.height();
    Rectangle part =
        new Rectangle((size.width() - width) / 2, (size.height() - height) / 2, width, height);
    int step = Math.max(1, Math.max((width + WIDTH - 1) / WIDTH, (height + HEIGHT - 1) / HEIGHT));
    try {
      BufferedImage seen = SmallPicture.decoded(frame, part, step);
      return PictureCodes.one(SmallPicture.grey(seen), seen.getWidth(), seen.getHeight());
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the decoders of the JDK throw much at broken pictures
    }
  }

  private static DeviceException noCode() {
    return new DeviceException(ErrorCode.NO_CODE, "no code was seen in time");
  }
}
