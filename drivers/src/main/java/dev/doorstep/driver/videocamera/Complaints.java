package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What ffmpeg says on its standard error: its end is kept, and turned into an error where it ended.
 * The words are those of the C library's strerror, which ffmpeg prints; it names what it reads and
 * nobody's data.
 */
final class Complaints {
  private static final int MOST = 32 << 10;
  private static final int TOLD = 200;

  /** In the order in which they count. */
  private static final List<Map.Entry<String, ErrorCode>> WORDS =
      List.of(
          Map.entry("device or resource busy", ErrorCode.DEVICE_IN_USE),
          Map.entry("permission denied", ErrorCode.ACCESS_DENIED),
          Map.entry("operation not permitted", ErrorCode.ACCESS_DENIED),
          Map.entry("no such file or directory", ErrorCode.NOT_CONNECTED),
          Map.entry("no such device", ErrorCode.NOT_CONNECTED),
          Map.entry("inappropriate ioctl", ErrorCode.NOT_CONNECTED));

  /** Exit statuses from here on stand for a signal: somebody ended it. */
  private static final int FIRST_SIGNAL = 128;

  private final String source;
  private final StringBuilder text = new StringBuilder();

  /** Complaints about a source. */
  Complaints(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  /** Takes what is there; never waits. */
  void read(InputStream errors) throws IOException {
    int there = errors.available();
    while (there > 0) {
      byte[] part = errors.readNBytes(Math.min(there, MOST));
      text.append(new String(part, StandardCharsets.UTF_8));
      if (text.length() > MOST) {
        text.delete(0, text.length() - MOST);
      }
      there = errors.available();
    }
  }

  /** The last that it said. */
  String text() {
    return text.toString();
  }

  /**
   * Why it ended.
   *
   * @param exit its exit status
   * @param gave whether it had given pictures before
   */
  DeviceException ended(int exit, boolean gave) {
    String all = text.toString().toLowerCase(Locale.ROOT);
    ErrorCode code = gave || exit >= FIRST_SIGNAL ? ErrorCode.DISCONNECTED : ErrorCode.DEVICE_FAULT;
    for (Map.Entry<String, ErrorCode> known : WORDS) {
      if (all.contains(known.getKey())) {
        boolean gone = gave && known.getValue() == ErrorCode.NOT_CONNECTED;
        code = gone ? ErrorCode.DISCONNECTED : known.getValue();
        break;
      }
    }
    return new DeviceException(code, source + ": ffmpeg ended with " + exit + lastLines());
  }

  /** The very last one often names only what it could not open, and the one before says why. */
  private String lastLines() {
    List<String> lines = text.toString().lines().filter(line -> !line.isBlank()).toList();
    String last = String.join("; ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
    return last.isEmpty() ? "" : ": " + last.substring(0, Math.min(TOLD, last.length()));
  }
}
