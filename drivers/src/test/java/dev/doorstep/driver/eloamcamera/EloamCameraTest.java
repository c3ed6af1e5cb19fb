package dev.doorstep.driver.eloamcamera;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import dev.doorstep.simulator.device.EloamFault;
import dev.doorstep.simulator.device.EloamService;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.WireDevice;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EloamCameraTest {
  private static final CaptureDocument STILL = CaptureDocument.plain(CaptureDocument.Format.JPEG);
  private static final PreviewDocument MINUTE = new PreviewDocument(10, 320, Duration.ofMinutes(1));
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private final EloamService service = EloamService.start(0);

  @AfterEach
  void close() {
    service.close();
  }

  private LocalDevice open() throws DeviceException {
    return open(Map.of());
  }

  private LocalDevice open(Map<String, String> options) throws DeviceException {
    Map<String, String> all = new HashMap<>(options);
    all.put("find-page", "false");
    return LocalDevice.open(new EloamCameraDriver(), "ws://127.0.0.1:" + service.port(), all);
  }

  private static void run(LocalDevice on, Operation<?> what, TestCall call) throws DeviceException {
    if (what instanceof PreviewDocument preview) {
      assertThat(on.run(preview, call).pictures()).isNotNegative();
    } else {
      assertThat(on.run((CaptureDocument) what, call).width()).isPositive();
    }
  }

  private static void demand(ErrorCode code, Asked asked) {
    assertThatThrownBy(asked::run)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private interface Asked {
    void run() throws DeviceException;
  }

  @Test
  void givesTheServicesPictureAndLetsTheCameraGo() throws Exception {
    try (LocalDevice camera = open(Map.of("size", "1600x1200"))) {
      CapturedDocument captured = camera.run(STILL, new TestCall(AMPLE));
      byte[] jpeg = ((Content.Data) captured.content()).bytes();
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(picture.getWidth()).isEqualTo(captured.width());
      demandClosed();
    }
    demand(ErrorCode.UNSUPPORTED, () -> open(Map.of("size", "big")).close());
    try (LocalDevice camera = open(Map.of("size", "1601x1200"))) {
      demand(ErrorCode.UNSUPPORTED, () -> run(camera, STILL, new TestCall(AMPLE)));
    }
  }

  @Test
  void showsWhatTheServicePushesUntilAnotherCommandWaits() throws Exception {
    try (LocalDevice camera = open()) {
      TestCall call = new TestCall(AMPLE).yieldingAfter(3);
      PreviewedDocument end = camera.run(MINUTE, call);
      assertThat(end.ended().is(PreviewedDocument.End.YIELDED)).isTrue();
      assertThat(end.pictures()).isEqualTo(3);
      for (byte[] picture : call.pictures()) {
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(320);
      }
      demandClosed();
      PreviewDocument second = new PreviewDocument(10, 320, Duration.ofSeconds(1));
      assertThat(camera.run(second, new TestCall(AMPLE)).pictures()).isPositive();
      demandClosed();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SILENT, TIMEOUT",
    "FAILS, DEVICE_FAULT",
    "GARBAGE, GARBLED",
    "NO_BASE64, GARBLED",
    "NO_PICTURE, GARBLED",
    "HUGE, DOCUMENT_TOO_LARGE",
    "CUT, DISCONNECTED",
    "CLOSING, DISCONNECTED",
    "NO_CAMERA, NOT_CONNECTED"
  })
  void eachFaultHasItsErrorWithinTheDeadline(EloamFault fault, ErrorCode code) throws Exception {
    try (LocalDevice camera = open()) {
      Duration time = fault == EloamFault.SILENT ? Duration.ofSeconds(1) : AMPLE;
      for (Operation<?> operation : List.of(STILL, MINUTE)) {
        service.fault(fault);
        demand(code, () -> run(camera, operation, new TestCall(time)));
        await().atMost(AMPLE).until(() -> service.open() == 0);
        service.clear();
        run(camera, STILL, new TestCall(AMPLE));
      }
    }
  }

  @Test
  void whatIsNoSuchServiceIsToldWhenItIsOpened() {
    service.fault(EloamFault.NO_CAMERA);
    demand(ErrorCode.NOT_CONNECTED, () -> open().close());
    try (MjpegCamera other = MjpegCamera.start(0)) {
      String address = other.url().replace("http:", "ws:");
      demand(
          ErrorCode.DEVICE_FAULT, () -> LocalDevice.open(new EloamCameraDriver(), address).close());
      demand(
          ErrorCode.DEVICE_FAULT,
          () ->
              LocalDevice.open(new EloamCameraDriver(), address.replace("/stream", "/x")).close());
    }
    WireDevice polite = (bytes, wire) -> wire.send("220 hello\r\n\r\n".getBytes(US_ASCII));
    try (TcpWire other = TcpWire.serve(polite, 0)) {
      String address = "ws://127.0.0.1:" + other.port();
      demand(ErrorCode.GARBLED, () -> LocalDevice.open(new EloamCameraDriver(), address).close());
    }
    service.close();
    demand(ErrorCode.NOT_CONNECTED, () -> open().close());
  }

  @Test
  void cancellingEndsTheWaitAndLetsTheCameraGo() throws Exception {
    try (LocalDevice camera = open()) {
      TestCall call = new TestCall(AMPLE);
      CompletableFuture<ErrorCode> end = camera.failure(MINUTE, call);
      await().atMost(AMPLE).until(() -> !call.pictures().isEmpty());
      call.cancel();
      assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.STOPPING);
      await().atMost(AMPLE).until(() -> service.open() == 0);
    }
  }

  /** In the middle of each operation, a hundred times in a row. */
  @Test
  void aServiceThatGoesIsADisconnectionAndOneThatComesBackIsUsedAgain() throws Exception {
    Optional<Footprint> before = Optional.empty();
    try (LocalDevice camera = open()) {
      for (int i = 0; i < 100; i++) {
        TestCall call = new TestCall(AMPLE);
        boolean preview = i % 2 == 0;
        service.pushes(preview ? Integer.MAX_VALUE : 0, Duration.ofMillis(10));
        if (!preview) {
          service.fault(EloamFault.SILENT);
        }
        CompletableFuture<ErrorCode> end = camera.failure(preview ? MINUTE : STILL, call);
        if (preview) {
          await()
              .pollInterval(Duration.ofMillis(2))
              .atMost(AMPLE)
              .until(() -> !call.pictures().isEmpty());
        } else {
          await().pollInterval(Duration.ofMillis(2)).atMost(AMPLE).until(service::connected);
        }
        service.stop();
        assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        service.clear();
        service.start();
        if (i == 1) { // each operation once
          before = Optional.of(Footprint.now());
        }
      }
      Footprint.awaitNoMoreThan(before.orElseThrow());
      run(camera, STILL, new TestCall(AMPLE));
    }
  }

  /** The service hears of it a moment later. */
  private void demandClosed() {
    await().untilAsserted(() -> assertThat(service.open()).isZero());
  }
}
