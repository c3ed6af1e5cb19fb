package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.CameraSource;
import dev.doorstep.driver.camera.Frames;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.driver.camera.SettledFrames;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.driver.videocamera.CameraFormats.Choice;
import dev.doorstep.protocol.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A camera that ffmpeg reads in a process of its own, one for each look at it: a broken driver of
 * the kernel or a broken picture ends that process at most.
 */
final class FfmpegCamera implements CameraSource {
  /** What stands between the pictures that ffmpeg writes. */
  static final String BOUNDARY = "doorstep";

  private static final String FILE = "file:";
  private static final String FILTER = "lavfi:";

  private final String address;
  private final String program;
  private final Optional<JpegSize> wish;
  private final Transports transports;
  private Optional<CameraFormats> formats = Optional.empty();

  /**
   * A camera that was not looked for yet.
   *
   * @param address a device, {@code file:} with a path, or {@code lavfi:} with a filter graph
   * @param program ffmpeg
   * @param wish the size of stills, if not the largest
   */
  FfmpegCamera(String address, String program, Optional<JpegSize> wish, Transports transports) {
    this.address = address;
    this.program = program;
    this.wish = wish;
    this.transports = transports;
  }

  /**
   * Looks whether camera and program are there. The camera itself is not touched, so that nothing
   * blinks every few seconds; its formats are asked for once.
   */
  @Override
  public void probe(Deadline deadline) throws DeviceException {
    FfmpegProgram.demand(program);
    if (address.startsWith(FILTER)) {
      return;
    }
    Path path = Path.of(address.startsWith(FILE) ? address.substring(FILE.length()) : address);
    if (!Files.exists(path)) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          path + ": no such device; check the camera's cable and the name");
    }
    if (!Files.isReadable(path)) {
      throw new DeviceException(
          ErrorCode.ACCESS_DENIED, path + ": put the agent's user into the group video");
    }
    if (!address.startsWith(FILE)) {
      still(new Patience(deadline, () -> false));
    }
  }

  /** Pictures from the moment on in which the camera has found focus and exposure. */
  @Override
  public Frames stills(Patience patience) throws DeviceException {
    FfmpegInput input = input(patience, Optional.empty());
    return SettledFrames.of(open(input.stills(program), patience), patience);
  }

  @Override
  public Frames preview(Patience patience, int rate, int width) throws DeviceException {
    FfmpegInput input = input(patience, Optional.of(width));
    return open(input.preview(program, rate, width), patience);
  }

  private FfmpegInput input(Patience patience, Optional<Integer> width) throws DeviceException {
    if (address.startsWith(FILE)) {
      return FfmpegInput.file(address.substring(FILE.length()));
    }
    if (address.startsWith(FILTER)) {
      return FfmpegInput.filter(address.substring(FILTER.length()));
    }
    Choice still = still(patience);
    return FfmpegInput.camera(
        address, width.map(w -> formats.orElseThrow().preview(still, w)).orElse(still));
  }

  private Choice still(Patience patience) throws DeviceException {
    CameraFormats known = formats.isPresent() ? formats.get() : askedFor(patience);
    Choice choice =
        known
            .still(wish)
            .orElseThrow(
                () ->
                    new DeviceException(
                        ErrorCode.UNSUPPORTED,
                        address + ": no pictures of the size wanted; it has " + known.sizes()));
    formats = Optional.of(known);
    return choice;
  }

  private CameraFormats askedFor(Patience patience) throws DeviceException {
    List<String> command = FfmpegInput.formats(program, address);
    try (FfmpegProcess process = FfmpegProcess.start(command, address, transports)) {
      CameraFormats told = CameraFormats.of(process.complaints(patience));
      if (told.all().isEmpty()) {
        throw process.ended(patience);
      }
      return told;
    }
  }

  private Frames open(List<String> command, Patience patience) throws DeviceException {
    FfmpegProcess process = FfmpegProcess.start(command, address, transports);
    MjpegParts parts =
        new MjpegParts(new BufferedInputStream(process.output(patience), 1 << 16), BOUNDARY);
    return new PartFrames(
        () -> {
          try {
            return parts.next();
          } catch (CarriedException e) {
            throw e.reason();
          } catch (IOException e) {
            throw new DeviceException(ErrorCode.DISCONNECTED, address + " was closed", e);
          }
        },
        process::close);
  }
}
