package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.videocamera.CameraFormats.Choice;
import java.util.ArrayList;
import java.util.List;

/**
 * What ffmpeg reads, and the commands for it.
 *
 * @param arguments up to the input's name
 * @param jpeg whether the pictures are JPEGs already, so that they are passed through as they are
 */
record FfmpegInput(List<String> arguments, boolean jpeg) {
  /** As good as JPEG gets in ffmpeg's scale from 2 to 31. */
  private static final String BEST = "2";

  private static final String SMALL = "7";

  FfmpegInput {
    arguments = List.copyOf(arguments);
  }

  /** A camera of the kernel. */
  static FfmpegInput camera(String device, Choice choice) {
    List<String> arguments = new ArrayList<>(List.of("-f", "v4l2"));
    arguments.addAll(List.of("-input_format", choice.format().name()));
    choice.size().ifPresent(size -> arguments.addAll(List.of("-video_size", size.toString())));
    arguments.addAll(List.of("-i", device));
    return new FfmpegInput(arguments, choice.format().isJpeg());
  }

  /** JPEGs one after the other in a file, again and again, as fast as a camera gives them. */
  static FfmpegInput file(String path) {
    return new FfmpegInput(
        List.of(
            "-re",
            "-stream_loop",
            "-1",
            "-use_wallclock_as_timestamps",
            "1",
            "-f",
            "mjpeg",
            "-i",
            "file:" + path),
        true);
  }

  /** Pictures that ffmpeg makes up. */
  static FfmpegInput filter(String graph) {
    return new FfmpegInput(List.of("-re", "-f", "lavfi", "-i", graph), false);
  }

  /** The command that asks a camera for its formats, and then exits with a status of its own. */
  static List<String> formats(String program, String device) {
    return command(
        program, "info", List.of("-f", "v4l2", "-list_formats", "all", "-i", device), List.of());
  }

  /** The command that gives the pictures at their full size. */
  List<String> stills(String program) {
    return command(
        program,
        "error",
        arguments,
        jpeg ? List.of("-c", "copy") : List.of("-c:v", "mjpeg", "-q:v", BEST),
        PARTS);
  }

  /** The command that gives so many of them a second, no wider than that. */
  List<String> preview(String program, int rate, int width) {
    String filter = "fps=%d,scale='min(%d,iw)':-2".formatted(rate, width);
    return command(
        program, "error", arguments, List.of("-vf", filter, "-c:v", "mjpeg", "-q:v", SMALL), PARTS);
  }

  private static final List<String> PARTS =
      List.of("-f", "mpjpeg", "-boundary_tag", FfmpegCamera.BOUNDARY, "pipe:1");

  @SafeVarargs
  private static List<String> command(String program, String level, List<String>... parts) {
    List<String> command =
        new ArrayList<>(List.of(program, "-nostdin", "-hide_banner", "-loglevel", level));
    for (List<String> part : parts) {
      command.addAll(part);
    }
    return command;
  }
}
