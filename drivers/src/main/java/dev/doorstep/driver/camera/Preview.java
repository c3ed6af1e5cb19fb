package dev.doorstep.driver.camera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.PreviewedDocument;
import java.time.Duration;
import java.util.Optional;

/** One {@code document.preview}: shows pictures of a camera at a rate, until something ends it. */
final class Preview {
  /** A camera that gives no picture for so long gives none. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  /** How long one may take to wake up. [U] those of USB take one to three seconds. */
  private static final Duration WAKING = Duration.ofSeconds(15);

  private static final int MOST_BROKEN = 3;

  private final PreviewDocument wish;
  private final Call call;
  private final Patience patience;
  private Deadline end;
  private int shown;

  private Preview(PreviewDocument wish, Call call) {
    this.wish = wish;
    this.call = call;
    this.end = call.deadline();
    this.patience = new Patience(nextDue(), () -> !call.output().wanted());
  }

  /** Carries it out. */
  static PreviewedDocument run(CameraSource camera, PreviewDocument wish, Call call)
      throws DeviceException {
    Preview preview = new Preview(wish, call);
    Frames opened;
    try {
      opened = camera.preview(preview.patience, wish.rate(), wish.width());
    } catch (DeviceException e) {
      return preview.ended(preview.yielded(e));
    }
    try (Frames frames = opened) { // a camera that does not let go fails the preview
      return preview.ended(preview.show(frames));
    }
  }

  private PreviewedDocument.End show(Frames frames) throws DeviceException {
    Duration interval = Duration.ofSeconds(1).dividedBy(wish.rate());
    Deadline next = Deadline.after(Duration.ZERO);
    int broken = 0;
    try {
      while (!end.expired()) {
        patience.renew(nextDue());
        Frame frame = frames.next();
        patience.check();
        if (!next.expired()) {
          continue; // faster than wanted
        }
        next = Deadline.after(interval);
        Optional<byte[]> small = SmallPicture.of(frame, wish.width());
        broken = small.isPresent() ? 0 : broken + 1;
        if (broken == MOST_BROKEN) {
          throw new DeviceException(
              ErrorCode.GARBLED, MOST_BROKEN + " pictures that cannot be decoded");
        }
        if (small.isPresent() && call.output().preview(small.get())) {
          end = shown == 0 ? Deadline.after(wish.period()) : end; // however slow it woke up
          shown++;
        }
      }
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.TIMEOUT || !end.expired() || shown == 0) {
        return yielded(e);
      }
    }
    if (shown == 0) {
      throw new DeviceException(ErrorCode.TIMEOUT, "no picture came in time");
    }
    return PreviewedDocument.End.TIME_OVER;
  }

  /** Whether it stopped for another command; thrown again if not. */
  private PreviewedDocument.End yielded(DeviceException e) throws DeviceException {
    if (e.code() != ErrorCode.STOPPING || call.cancelled()) {
      throw e;
    }
    return PreviewedDocument.End.YIELDED;
  }

  private Deadline nextDue() {
    return call.deadline().atMost(shown == 0 ? WAKING : LONGEST_SILENCE).atMost(end.remaining());
  }

  private PreviewedDocument ended(PreviewedDocument.End how) {
    return new PreviewedDocument(shown, OpenEnum.of(how));
  }
}
