package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.camera.JpegSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats of a V4L2 camera, as {@code ffmpeg -f v4l2 -list_formats all} tells them. Source:
 * libavdevice/v4l2.c, list_formats and list_framesizes.
 *
 * <pre>
 *   [video4linux2,v4l2 @ 0x55…] Compressed:       mjpeg :          Motion-JPEG : 2592x1944 1920x1080 …
 *   [video4linux2,v4l2 @ 0x55…] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 …
 *   [video4linux2,v4l2 @ 0x55…] Raw       :     yuyv422 :           YUYV 4:2:2 : {32-640, 2}x{32-480, 2}
 * </pre>
 *
 * @param all in the order of the camera
 */
record CameraFormats(List<Format> all) {
  private static final Pattern LINE =
      Pattern.compile("(Raw|Compressed) *: *([0-9a-z_]{1,32}) *:([^:\n]*):([^\n]*)");
  private static final Pattern SIZE = Pattern.compile("\\b([0-9]{2,5})x([0-9]{2,5})\\b");

  /** A picture that is this much wider or higher than another has another shape. */
  private static final double SAME_SHAPE = 0.02;

  /**
   * A format.
   *
   * @param name as ffmpeg calls it
   * @param compressed whether the camera compresses it
   * @param sizes which it has; none if it has a range of them
   */
  record Format(String name, boolean compressed, List<JpegSize> sizes) {
    boolean isJpeg() {
      return compressed && name.equals("mjpeg");
    }
  }

  /**
   * What a camera is asked for.
   *
   * @param format how
   * @param size how large, if it says
   */
  record Choice(Format format, Optional<JpegSize> size) {}

  CameraFormats {
    all = List.copyOf(all);
  }

  /** Those in the text; formats that no picture can be made of are left out. */
  static CameraFormats of(String text) {
    List<Format> formats = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      boolean compressed = line.group(1).equals("Compressed");
      if (!compressed || line.group(2).equals("mjpeg")) {
        List<JpegSize> sizes = new ArrayList<>();
        Matcher size = SIZE.matcher(line.group(4));
        while (size.find()) {
          JpegSize.of(size.group()).ifPresent(sizes::add);
        }
        formats.add(new Format(line.group(2), compressed, List.copyOf(sizes)));
      }
    }
    return new CameraFormats(formats);
  }

  /**
   * The largest of its JPEGs; if it has none, the largest of its other pictures. With a wish, the
   * one of that size.
   *
   * @return empty if it has none of that size, or none at all
   */
  Optional<Choice> still(Optional<JpegSize> wish) {
    Comparator<Choice> byArea =
        Comparator.comparingLong(choice -> choice.size().map(JpegSize::area).orElse(0L));
    return all.stream()
        .flatMap(format -> choices(format).stream())
        .filter(choice -> wish.isEmpty() || choice.size().map(wish.get()::equals).orElse(true))
        .map(choice -> choice.size().isEmpty() ? new Choice(choice.format(), wish) : choice)
        .max(
            Comparator.comparing((Choice choice) -> choice.format().isJpeg())
                .thenComparing(byArea));
  }

  /** The smallest of the same format and shape that is at least so wide; else the same. */
  Choice preview(Choice still, int width) {
    return choices(still.format()).stream()
        .filter(choice -> choice.size().map(size -> size.width() >= width).orElse(false))
        .filter(choice -> sameShape(choice.size().orElseThrow(), still.size().orElseThrow()))
        .min(Comparator.comparingLong(choice -> choice.size().orElseThrow().area()))
        .orElse(still);
  }

  /** All sizes, for people. */
  String sizes() {
    return String.join(
        ", ",
        all.stream()
            .flatMap(format -> format.sizes().stream())
            .distinct()
            .map(JpegSize::toString)
            .toList());
  }

  private static List<Choice> choices(Format format) {
    return format.sizes().isEmpty()
        ? List.of(new Choice(format, Optional.empty()))
        : format.sizes().stream().map(size -> new Choice(format, Optional.of(size))).toList();
  }

  private static boolean sameShape(JpegSize one, JpegSize other) {
    double ratio = (double) one.width() * other.height() / ((double) one.height() * other.width());
    return Math.abs(ratio - 1) < SAME_SHAPE;
  }
}
