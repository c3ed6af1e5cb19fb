package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.Frame;
import dev.doorstep.driver.camera.Frames;
import dev.doorstep.protocol.ErrorCode;
import java.util.HexFormat;
import java.util.Optional;

/** The whole pictures among the parts of a stream; a few that are none are passed over. */
final class PartFrames implements Frames {
  /** A camera that sends this many broken pictures in a row sends no whole one. */
  private static final int MOST_BROKEN = 3;

  private final Parts parts;
  private final Runnable closing;

  /** A stream in parts. */
  interface Parts {
    /** The bytes of the next part. */
    byte[] next() throws DeviceException;
  }

  PartFrames(Parts parts, Runnable closing) {
    this.parts = parts;
    this.closing = closing;
  }

  @Override
  public Frame next() throws DeviceException {
    for (int broken = 1; ; broken++) {
      byte[] part = parts.next();
      Optional<Frame> frame = Frame.of(part);
      if (frame.isPresent()) {
        return frame.get();
      }
      if (broken == MOST_BROKEN) {
        throw noPicture(part);
      }
    }
  }

  @Override
  public void close() {
    closing.run();
  }

  private static DeviceException noPicture(byte[] part) {
    HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
    return new DeviceException(
        ErrorCode.GARBLED,
        "%d parts that are no JPEG; the last has %d bytes and begins %s"
            .formatted(MOST_BROKEN, part.length, hex.formatHex(part, 0, Math.min(4, part.length))));
  }
}
