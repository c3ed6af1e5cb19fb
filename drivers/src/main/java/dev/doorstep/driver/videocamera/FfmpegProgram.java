package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The program ffmpeg, as the system or the option {@code ffmpeg} names it. */
final class FfmpegProgram {
  private FfmpegProgram() {}

  /**
   * Makes sure that it is installed, without starting it.
   *
   * @param name its path, or its name in one of the folders of {@code PATH}
   */
  static void demand(String name) throws DeviceException {
    boolean there =
        name.contains(File.separator)
            ? Files.isExecutable(Path.of(name))
            : Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there) {
      throw missing(name, null);
    }
  }

  /** The error where it is not. */
  static DeviceException missing(String name, @Nullable IOException cause) {
    String text =
        "the program "
            + name
            + " cannot be started; install it (Debian, Ubuntu, UOS, Kylin: apt install ffmpeg), or"
            + " name it in the option ffmpeg";
    return cause == null
        ? new DeviceException(ErrorCode.NOT_CONNECTED, text)
        : new DeviceException(ErrorCode.NOT_CONNECTED, text, cause);
  }
}
