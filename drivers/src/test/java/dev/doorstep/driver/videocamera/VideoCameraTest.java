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
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.PreviewedDocument;
import dev.doorstep.simulator.device.CameraFault;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.WireDevice;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VideoCameraTest {
  private static final CaptureDocument JPEG = CaptureDocument.plain(CaptureDocument.Format.JPEG);
  private final MjpegCamera camera = MjpegCamera.start(0);

  @BeforeAll
  void show() {
    camera.show(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB));
  }

  @AfterEach
  void clear() {
    camera.clear();
  }

  @AfterAll
  void close() {
    camera.close();
  }

  @Test
  void capturesWhatTheCameraSees() throws DeviceException, IOException {
    try (LocalDevice device = open("/stream")) {
      demandPicture(device.run(JPEG));
    }
  }

  @Test
  void partsWithoutALengthEndAtTheBoundary() throws DeviceException, IOException {
    camera.fault(CameraFault.NO_LENGTH);
    try (LocalDevice device = open("/stream")) {
      demandPicture(device.run(JPEG));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SILENT, TIMEOUT",
    "ENDLESS, TIMEOUT",
    "NOT_A_PICTURE, GARBLED",
    "WRONG_LENGTH, GARBLED",
    "CUT, DISCONNECTED",
    "GONE, NOT_CONNECTED",
  })
  void eachFaultHasItsErrorWithinTheDeadline(CameraFault fault, ErrorCode code)
      throws DeviceException, IOException {
    try (LocalDevice device = open("/stream")) {
      camera.fault(fault);
      long begin = System.nanoTime();
      Duration time = Duration.ofMillis(code == ErrorCode.TIMEOUT ? 1_500 : 20_000);
      assertThatThrownBy(() -> device.run(JPEG, new TestCall(time)))
          .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
      camera.clear();
      demandPicture(device.run(JPEG));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CameraFault.class,
      names = {"SILENT", "ENDLESS"})
  void cancellingEndsTheWait(CameraFault fault) throws Exception {
    try (LocalDevice device = open("/stream")) {
      camera.fault(fault);
      TestCall call = new TestCall(Duration.ofSeconds(20));
      CompletableFuture<ErrorCode> capturing = device.failure(JPEG, call);
      call.cancel();
      await().atMost(Duration.ofSeconds(3)).until(capturing::isDone);
      assertThat(capturing.get()).isEqualTo(ErrorCode.STOPPING);
    }
  }

  @Test
  void unpluggedAHundredTimesItWorksAgainEachTimeAndNothingIsLeft() throws Exception {
    PreviewDocument minute = new PreviewDocument(10, 160, Duration.ofMinutes(1));
    try (LocalDevice device = open("/stream")) {
      demandPicture(device.run(JPEG));
      Footprint before = Footprint.now();
      for (int i = 0; i < 100; i++) {
        TestCall call = new TestCall(Duration.ofSeconds(20));
        CompletableFuture<ErrorCode> end = device.failure(minute, call);
        await().pollInterval(Duration.ofMillis(2)).until(() -> !call.pictures().isEmpty());
        camera.stop();
        assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        camera.start();
        demandPicture(device.run(JPEG));
      }
      Footprint.awaitNoMoreThan(before);
    }
  }

  @Test
  void previewsOnlyWhatCanBeDecodedAndMakesItSmall() throws DeviceException, IOException {
    PreviewDocument preview = new PreviewDocument(10, 160, Duration.ofMinutes(1));
    try (LocalDevice device = open("/stream")) {
      TestCall call = new TestCall(Duration.ofSeconds(20)).yieldingAfter(2);
      assertThat(device.run(preview, call).ended().is(PreviewedDocument.End.YIELDED)).isTrue();
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(call.pictures().get(1)));
      assertThat(picture.getWidth()).isEqualTo(160);
      assertThat(picture.getHeight()).isEqualTo(120);
    }
    byte[] part =
        CannedCamera.response(
            "--b\r\nContent-Length: ",
            Jpegs.smallest(2000, 9).length,
            "\r\n\r\n",
            Jpegs.smallest(2000, 9),
            "\r\n");
    byte[] head =
        CannedCamera.response(
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n");
    WireDevice broken = new CannedCamera(head);
    WireDevice endless =
        (bytes, wire) -> {
          broken.received(bytes, wire);
          while (wire.open()) {
            wire.send(part);
          }
        };
    try (TcpWire wire = TcpWire.serve(endless, 0);
        LocalDevice device =
            LocalDevice.open(
                new VideoCameraDriver(), "mjpeg:http://127.0.0.1:" + wire.port() + "/")) {
      assertThatThrownBy(() -> device.run(preview, new TestCall(Duration.ofSeconds(20))))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED))
          .hasMessageContaining("cannot be decoded");
    }
  }

  @Test
  void aStillIsNoStreamAndAMissingPageIsNamed() {
    demandRefusal("/still", ErrorCode.GARBLED, "multipart");
    demandRefusal("/nowhere", ErrorCode.DEVICE_FAULT, "HTTP status 404");
  }

  private void demandRefusal(String path, ErrorCode code, String detail) {
    assertThatThrownBy(() -> open(path).close())
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private static void demandPicture(CapturedDocument picture) throws IOException {
    assertThat(picture.width()).isEqualTo(640);
    assertThat(picture.height()).isEqualTo(480);
    Content.Data content = (Content.Data) picture.content();
    assertThat(content.contentType()).isEqualTo("image/jpeg");
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(content.bytes()));
    assertThat(decoded.getWidth()).isEqualTo(640);
  }

  private LocalDevice open(String path) throws DeviceException {
    return LocalDevice.open(
        new VideoCameraDriver(),
        "mjpeg:" + camera.url().replace("/stream", path),
        Map.of("find-page", "false"));
  }
}
