package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of others that makes a picture of a photo: it reads the 1024 bytes and writes a BMP,
 * JPEG or PNG. Whatever it does, the photo is given: if need be as it came from the card.
 */
final class PhotoDecoder {
  /** What a picture may have: as much as a message carries in itself. */
  static final int LARGEST = 48 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PhotoDecoder.class);

  /** Longer than any decoder needs: those in use take some hundredths. */
  private static final Duration TIME = Duration.ofSeconds(2);

  /** What is kept of the command's time for its reply. */
  private static final Duration RESERVE = Duration.ofMillis(200);

  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "424d", "image/bmp",
          "ffd8ff", "image/jpeg",
          "89504e470d0a1a0a", "image/png");

  private final Path program;
  private final Transports transports;

  PhotoDecoder(Path program, Transports transports) {
    this.program = program;
    this.transports = transports;
  }

  /**
   * The picture, or the photo itself if there is none in time.
   *
   * @throws DeviceException {@code DISCONNECTED} if the wires were closed meanwhile
   */
  Content decode(Content photo, Call call) throws DeviceException {
    if (!(photo instanceof Content.Data wlt)) {
      return photo;
    }
    Duration left = call.deadline().remaining().minus(RESERVE);
    if (left.isNegative()) {
      return photo;
    }
    Deadline deadline = Deadline.after(left).atMost(TIME);
    try (DecoderProcess process = new DecoderProcess(program, LARGEST, (int) TIME.toSeconds())) {
      transports.own(process);
      byte[] picture;
      try {
        picture = process.run(wlt.bytes(), deadline, call);
      } finally {
        transports.disown(process);
      }
      Optional<String> type = type(picture);
      if (type.isPresent()) {
        return Content.of(type.get(), picture);
      }
      LOG.warn("photo decoder {}: {} bytes that are no picture", program, picture.length);
    } catch (IOException e) { // its text is ours or the system's, and holds nothing of the photo
      LOG.warn("photo decoder {}: {}; the photo goes undecoded", program, e.getMessage());
    }
    return photo;
  }

  private static Optional<String> type(byte[] picture) {
    String beginning = HexFormat.of().formatHex(Arrays.copyOf(picture, 8));
    return BEGINNINGS.entrySet().stream()
        .filter(known -> beginning.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
