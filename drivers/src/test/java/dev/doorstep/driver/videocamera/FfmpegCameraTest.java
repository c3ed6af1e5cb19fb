package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.PreviewedDocument;
import dev.doorstep.simulator.testing.RealComponent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's ffmpeg, in place of whose cameras stand files and pictures that it makes up. */
@RealComponent("ffmpeg")
class FfmpegCameraTest {
  private static final CaptureDocument STILL = CaptureDocument.plain(CaptureDocument.Format.JPEG);
  private static final PreviewDocument MINUTE = new PreviewDocument(10, 320, Duration.ofMinutes(1));
  private static final String COLORS = "v4l2:lavfi:testsrc2=size=640x480:rate=20";
  private static final Duration AMPLE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private static LocalDevice open(String connection) throws DeviceException {
    return open(connection, Map.of());
  }

  private static LocalDevice open(String connection, Map<String, String> options)
      throws DeviceException {
    Map<String, String> all = new HashMap<>(options);
    all.put("find-page", "false");
    return LocalDevice.open(new VideoCameraDriver(), connection, all);
  }

  private static byte[] bytes(CapturedDocument captured) {
    return ((Content.Data) captured.content()).bytes();
  }

  private static void demand(ErrorCode code, String detail, Asked asked) {
    assertThatThrownBy(asked::run)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private interface Asked {
    void run() throws Exception;
  }

  private Path pictures() throws Exception {
    Path file = folder.resolve("pages of paper.mjpeg");
    Process made =
        new ProcessBuilder(
                "ffmpeg",
                "-nostdin",
                "-loglevel",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1280x720:rate=10",
                "-frames:v",
                "4",
                "-c:v",
                "mjpeg",
                "-f",
                "mjpeg",
                file.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor(AMPLE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return file;
  }

  @Test
  void givesTheCamerasOwnJpegByteForByte() throws Exception {
    Path file = pictures();
    try (LocalDevice camera = open("v4l2:file:" + file)) {
      CapturedDocument captured = camera.run(STILL, new TestCall(AMPLE));
      assertThat(captured.width()).isEqualTo(1280);
      assertThat(captured.height()).isEqualTo(720);
      assertThat(indexOf(Files.readAllBytes(file), bytes(captured))).isNotNegative();
    }
  }

  private static int indexOf(byte[] all, byte[] part) {
    return new String(all, StandardCharsets.ISO_8859_1)
        .indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  @Test
  void waitsUntilTheExposureHasSettled() throws Exception {
    String dark = "v4l2:lavfi:testsrc2=size=640x480:rate=20,fade=in:0:16";
    try (LocalDevice camera = open(dark)) {
      byte[] captured = bytes(camera.run(STILL, new TestCall(AMPLE)));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(captured));
      assertThat(brightest(picture)).isGreaterThan(230);
    }
  }

  private static int brightest(BufferedImage picture) {
    int most = 0;
    for (int x = 0; x < picture.getWidth(); x += 4) {
      for (int y = 0; y < picture.getHeight(); y += 4) {
        most = Math.max(most, (picture.getRGB(x, y) >> 8) & 0xFF);
      }
    }
    return most;
  }

  @Test
  void aCameraThatIsSlowToSettleIsTakenAsItIs() throws Exception {
    try (LocalDevice camera = open("v4l2:lavfi:testsrc2=size=640x480:rate=0.2")) {
      assertThat(camera.run(STILL, new TestCall(AMPLE)).width()).isEqualTo(640);
    }
  }

  @Test
  void showsSmallPicturesAtARateUntilTheTimeIsOver() throws Exception {
    try (LocalDevice camera = open(COLORS)) {
      TestCall call = new TestCall(AMPLE);
      PreviewedDocument end = camera.run(new PreviewDocument(4, 160, Duration.ofSeconds(3)), call);
      assertThat(end.ended().is(PreviewedDocument.End.TIME_OVER)).isTrue();
      assertThat(end.pictures()).isEqualTo(call.pictures().size()).isBetween(2, 13);
      for (byte[] picture : call.pictures()) {
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(160);
      }
    }
  }

  @Test
  void aPreviewGivesWay() throws Exception {
    try (LocalDevice camera = open(COLORS)) {
      PreviewedDocument end = camera.run(MINUTE, new TestCall(AMPLE).yieldingAfter(3));
      assertThat(end.ended().is(PreviewedDocument.End.YIELDED)).isTrue();
      assertThat(end.pictures()).isEqualTo(3);
      assertThat(camera.run(STILL, new TestCall(AMPLE)).width()).isEqualTo(640);
    }
  }

  @Test
  void aDeviceGivesItsLargestPicturesUnlessASizeIsSet() throws Exception {
    Path device = Files.createFile(folder.resolve("video0"));
    Map<String, String> program = Map.of("ffmpeg", FfmpegScript.camera(folder));
    try (LocalDevice camera = open("v4l2:" + device, program)) {
      CapturedDocument captured = camera.run(STILL, new TestCall(AMPLE));
      assertThat(captured.width()).isEqualTo(2592);
      assertThat(captured.height()).isEqualTo(1944);
      TestCall call = new TestCall(AMPLE).yieldingAfter(2);
      assertThat(camera.run(MINUTE, call).pictures()).isEqualTo(2);
      assertThat(ImageIO.read(new ByteArrayInputStream(call.pictures().get(0))).getHeight())
          .isEqualTo(240);
    }
    Map<String, String> sized = Map.of("ffmpeg", program.get("ffmpeg"), "size", "1920x1080");
    try (LocalDevice camera = open("v4l2:" + device, sized)) {
      assertThat(camera.run(STILL, new TestCall(AMPLE)).height()).isEqualTo(1080);
    }
    Map<String, String> strange = Map.of("ffmpeg", program.get("ffmpeg"), "size", "1921x1080");
    demand(ErrorCode.UNSUPPORTED, "2592x1944", () -> open("v4l2:" + device, strange).close());
    demand(ErrorCode.UNSUPPORTED, "1920x1080", () -> open(COLORS, Map.of("size", "big")).close());
  }

  @Test
  void whatIsNotThereIsToldWithWhatToDo() throws Exception {
    demand(ErrorCode.NOT_CONNECTED, "no such device", () -> open("v4l2:/dev/video97").close());
    Path noCamera = Files.createFile(folder.resolve("plain"));
    demand(ErrorCode.NOT_CONNECTED, "ioctl", () -> open("v4l2:" + noCamera).close());
    demand(
        ErrorCode.NOT_CONNECTED,
        "apt install ffmpeg",
        () -> open(COLORS, Map.of("ffmpeg", "no-such-ffmpeg")).close());
    demand(
        ErrorCode.DEVICE_FAULT,
        "No such filter",
        () -> {
          try (LocalDevice camera = open("v4l2:lavfi:nosuchfilter")) {
            camera.run(STILL, new TestCall(AMPLE));
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEVICE_IN_USE | echo '/dev/video0: Device or resource busy' >&2; exit 1",
        "ACCESS_DENIED | echo '/dev/video0: Permission denied' >&2; exit 1",
        "NOT_CONNECTED | echo '/dev/video0: No such device' >&2; exit 1",
        "DEVICE_FAULT | echo '/dev/video0: Invalid argument' >&2; exit 1",
        "DISCONNECTED | kill -9 $$",
        "GARBLED | for i in 1 2 3; do printf -- '--doorstep\\r\\nContent-length: 3\\r\\n\\r\\nabc\\r\\n'; done; exec sleep 60",
        "DOCUMENT_TOO_LARGE | printf -- '--doorstep\\r\\n\\r\\n'; exec cat /dev/zero",
        "DOCUMENT_TOO_LARGE | printf -- '--doorstep\\r\\nContent-length: 99999999\\r\\n\\r\\n'; exec cat /dev/zero",
        "GARBLED | exec cat /dev/zero",
        "TIMEOUT | exec sleep 60",
        "TIMEOUT | exec yes complaint >&2",
      })
  void eachWayToFailHasItsCode(ErrorCode code, String script) throws Exception {
    Path device = Files.createFile(folder.resolve("video0"));
    String program = FfmpegScript.write(folder, script);
    try (LocalDevice camera = open("v4l2:" + device, Map.of("ffmpeg", program))) {
      Duration time = code == ErrorCode.TIMEOUT ? Duration.ofSeconds(1) : AMPLE;
      for (Operation<?> operation : List.of(STILL, MINUTE)) {
        demand(code, "", () -> run(camera, operation, new TestCall(time)));
      }
    }
  }

  private static void run(LocalDevice on, Operation<?> what, TestCall call) throws DeviceException {
    if (what instanceof PreviewDocument preview) {
      assertThat(on.run(preview, call).pictures()).isNotNegative();
    } else {
      assertThat(on.run((CaptureDocument) what, call).width()).isPositive();
    }
  }

  @Test
  void cancellingAndClosingTheWiresEndTheWait() throws Exception {
    Path silent = folder.resolve("silent");
    assertThat(new ProcessBuilder("mkfifo", silent.toString()).start().waitFor()).isZero();
    for (Operation<?> operation : List.of(STILL, new PreviewDocument(2, 640, AMPLE))) {
      try (LocalDevice camera = open("v4l2:file:" + silent)) {
        TestCall cancelled = new TestCall(AMPLE);
        CompletableFuture<ErrorCode> end = camera.failure(operation, cancelled);
        await().atMost(AMPLE).until(() -> running() == 1);
        cancelled.cancel();
        assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.STOPPING);
        assertThat(running()).isZero();

        CompletableFuture<ErrorCode> cut = camera.failure(operation, new TestCall(AMPLE));
        await().atMost(AMPLE).until(() -> running() == 1);
        camera.closeWires();
        assertThat(cut.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        assertThat(running()).isZero();
      }
    }
  }

  /** Unplugged in the middle of each operation, a hundred times in a row. */
  @Test
  void aProcessThatIsKilledIsADisconnectionAndTheNextPictureComes() throws Exception {
    String slow = "v4l2:lavfi:testsrc2=size=160x120:rate=2";
    Optional<Footprint> before = Optional.empty();
    for (int i = 0; i < 100; i++) {
      try (LocalDevice camera = open(slow)) {
        TestCall call = new TestCall(AMPLE);
        CompletableFuture<ErrorCode> end = camera.failure(i % 2 == 0 ? STILL : MINUTE, call);
        await().atMost(AMPLE).pollInterval(Duration.ofMillis(5)).until(() -> running() == 1);
        processes().forEach(ProcessHandle::destroyForcibly);
        assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        assertThat(running()).isZero();
      }
      if (i == 1) { // each operation once
        before = Optional.of(Footprint.now());
      }
    }
    Footprint.awaitNoMoreThan(before.orElseThrow());
    try (LocalDevice camera = open(COLORS)) {
      assertThat(camera.run(STILL, new TestCall(AMPLE)).width()).isEqualTo(640);
    }
  }

  private static List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/ffmpeg"))
        .toList();
  }

  private static int running() {
    return processes().size();
  }
}
