package dev.doorstep.driver.videocamera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that stand where ffmpeg does, for what no camera of this machine can show. */
final class FfmpegScript {
  private FfmpegScript() {}

  /** A shell script; the formats of a camera are told as ffmpeg does. */
  static String write(Path folder, String pictures) throws IOException {
    Path script = folder.resolve("ffmpeg-" + Integer.toHexString(pictures.hashCode()));
    Files.writeString(
        script,
        """
        #!/bin/sh
        case "$*" in *-list_formats*)
        cat >&2 <<'END'
        %sEND
        exit 1;;
        esac
        %s
        """
            .formatted(CameraFormatsTest.UVC, pictures));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  /** The real one in place of a camera that gives pictures of the size that it is asked for. */
  static String camera(Path folder) throws IOException {
    return write(
        folder,
        """
        while [ $# -gt 0 ]; do
          case "$1" in
            -video_size) size=$2;;
            -i) shift 2; break;;
          esac
          shift
        done
        if [ "$1 $2" = "-c copy" ]; then shift 2; set -- -c:v mjpeg -q:v 9 "$@"; fi
        exec ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=size=$size:rate=20 "$@"
        """);
  }
}
