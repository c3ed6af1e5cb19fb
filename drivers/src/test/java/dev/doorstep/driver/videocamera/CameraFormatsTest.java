package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.driver.videocamera.CameraFormats.Choice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ffmpeg tells of a camera's formats, in the words of its libavdevice/v4l2.c. */
class CameraFormatsTest {
  /** A document camera that makes JPEGs. */
  static final String UVC =
      """
      [video4linux2,v4l2 @ 0x55] Compressed:       mjpeg :          Motion-JPEG : 640x480 1920x1080 2592x1944 1280x960
      [video4linux2,v4l2 @ 0x55] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 3264x2448
      [video4linux2,v4l2 @ 0x55] Compressed:        h264 :                H.264 : 3840x2160
      /dev/video0: Immediate exit requested
      """;

  /** The kernel's vivid, which makes none; as its ffmpeg told, but for the formats between. */
  private static final String VIVID =
      """
      [video4linux2,v4l2 @ 0x55b91ac80900] Raw       :     yuyv422 :           YUYV 4:2:2 : 320x180 640x360 640x480 1280x720 1920x1080 3840x2160
      [video4linux2,v4l2 @ 0x55b91ac80900] Raw       :    rgb565le :     16-bit RGB 5-6-5 : 320x180 640x360 640x480 1280x720 1920x1080 3840x2160
      [video4linux2,v4l2 @ 0x55b91ac80900] Raw       : Unsupported :     24-bit HSV 8-8-8 : 320x180 640x360 640x480 1280x720 1920x1080 3840x2160
      /dev/video0: Immediate exit requested
      """;

  /** A camera of no particular size. */
  private static final String RANGE =
      "[video4linux2,v4l2 @ 0x55] Raw       :     yuyv422 :           YUYV 4:2:2 :"
          + " {2-3840, 1}x{1-2160, 1}\n";

  private static Optional<JpegSize> size(int width, int height) {
    return Optional.of(new JpegSize(width, height));
  }

  @Test
  void theLargestJpegIsTakenAndForAPreviewASmallOneOfItsShape() {
    CameraFormats formats = CameraFormats.of(UVC);
    Choice still = formats.still(Optional.empty()).orElseThrow();
    assertThat(still.size()).isEqualTo(size(2592, 1944));
    assertThat(still.format().isJpeg()).isTrue();
    assertThat(formats.preview(still, 640).size()).isEqualTo(size(640, 480));
    assertThat(formats.preview(still, 641).size()).isEqualTo(size(1280, 960));
    assertThat(formats.preview(still, 1281).size()).isEqualTo(size(2592, 1944));
    assertThat(formats.sizes()).isEqualTo("640x480, 1920x1080, 2592x1944, 1280x960, 3264x2448");
  }

  @Test
  void aSizeThatIsWantedIsTakenInWhicheverFormatHasIt() {
    CameraFormats formats = CameraFormats.of(UVC);
    assertThat(formats.still(size(640, 480)).orElseThrow().format().name()).isEqualTo("mjpeg");
    assertThat(formats.still(size(3264, 2448)).orElseThrow().format().name()).isEqualTo("yuyv422");
    assertThat(formats.still(size(3840, 2160))).isEmpty();
  }

  @Test
  void aCameraWithoutJpegGivesTheFirstOfItsLargestPictures() {
    CameraFormats formats = CameraFormats.of(VIVID);
    assertThat(formats.all()).hasSize(2);
    Choice still = formats.still(Optional.empty()).orElseThrow();
    assertThat(still.format().name()).isEqualTo("yuyv422");
    assertThat(still.format().isJpeg()).isFalse();
    assertThat(still.size()).isEqualTo(size(3840, 2160));
    assertThat(formats.preview(still, 640).size()).isEqualTo(size(640, 360));
  }

  @Test
  void aRangeOfSizesTakesAnyAndLeavesTheRestToTheCamera() {
    CameraFormats formats = CameraFormats.of(RANGE);
    Choice still = formats.still(Optional.empty()).orElseThrow();
    assertThat(still.size()).isEmpty();
    assertThat(formats.preview(still, 640)).isEqualTo(still);
    assertThat(formats.still(size(800, 600)).orElseThrow().size()).isEqualTo(size(800, 600));
  }

  @Test
  void anythingElseIsNone() {
    for (String text :
        List.of("", "Raw : x", "Compressed: h264 : H.264 : 1x1", UVC.substring(150, 190))) {
      assertThat(CameraFormats.of(text).all()).as(text).isEmpty();
    }
  }
}
