package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.zxing.BarcodeFormat;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.code.CodeBytes;
import dev.doorstep.driver.code.ShownCode;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ScannedCode;
import dev.doorstep.simulator.device.DocumentPage;
import dev.doorstep.simulator.device.MjpegCamera;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A code that is shown to a camera, in place of a scanner. */
class ShownCodeTest {
  private static final Duration AMPLE = Duration.ofSeconds(50);
  private static final ReadCode READ = new ReadCode(Duration.ofSeconds(40));
  private final MjpegCamera camera = MjpegCamera.start(0);

  @AfterEach
  void close() {
    camera.close();
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new VideoCameraDriver(), "mjpeg:" + camera.url());
  }

  private static CompletableFuture<ScannedCode> read(LocalDevice device, TestCall call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return device.run(READ, call);
          } catch (DeviceException e) {
            throw new CompletionException(e);
          }
        });
  }

  private static BufferedImage table(BufferedImage code, int width, int height) {
    BufferedImage table = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = table.createGraphics();
    pen.drawImage(code, (width - code.getWidth()) / 2, (height - code.getHeight()) / 2, null);
    pen.dispose();
    return table;
  }

  @Test
  void isReadOnceItIsShown() throws Exception {
    try (LocalDevice device = open()) {
      camera.show(DocumentPage.specimen().onDesk());
      TestCall call = new TestCall(AMPLE);
      CompletableFuture<ScannedCode> read = read(device, call);
      await().until(() -> !call.notes().isEmpty());
      assertThat(call.notes()).containsExactly("show the code to the camera");
      assertThat(read).isNotDone();
      camera.show(table(ShownCode.qr("居住证明 2026-0042", CodeBytes.GBK, 6), 1280, 720));
      assertThat(read).succeedsWithin(AMPLE);
      assertThat(read.join().text()).isEqualTo("居住证明 2026-0042");
      assertThat(read.join().symbology()).contains("QR_CODE");
      assertThat(read.join().charset()).contains("GBK");
      assertThat(call.acts()).isZero();
    }
  }

  @Test
  void oneThatHoldsNoCheckIsSeenTwice() throws Exception {
    try (LocalDevice device = open()) {
      camera.show(table(ShownCode.bars("A042", BarcodeFormat.CODE_39, 4), 1280, 720));
      ScannedCode read = device.run(READ, new TestCall(AMPLE));
      assertThat(read.text()).isEqualTo("A042");
      assertThat(read.symbology()).contains("CODE_39");
    }
  }

  @Test
  void aSmallOneIsSeenInTheMiddleOfALargePicture() throws Exception {
    try (LocalDevice device = open()) {
      camera.show(table(ShownCode.qr("A042-2026-0042", CodeBytes.GBK, 2), 4000, 3000));
      assertThat(device.run(READ, new TestCall(AMPLE)).text()).isEqualTo("A042-2026-0042");
    }
  }

  @Test
  void whereNoneIsShownThereIsNone() throws Exception {
    try (LocalDevice device = open()) {
      for (Duration wait : new Duration[] {Duration.ZERO, Duration.ofMillis(500)}) {
        demand(ErrorCode.NO_CODE, () -> device.run(new ReadCode(wait), new TestCall(AMPLE)));
      }
      camera.show(table(ShownCode.qr("now", CodeBytes.GBK, 6), 1280, 720));
      ReadCode now = new ReadCode(Duration.ZERO);
      await()
          .ignoreException(DeviceException.class) // one picture of before may be in the line
          .until(() -> device.run(now, new TestCall(AMPLE)).text().equals("now"));
    }
  }

  @Test
  void aWaitForOneCanBeCancelled() throws Exception {
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(AMPLE);
      CompletableFuture<ScannedCode> read = read(device, call);
      await().until(() -> !call.notes().isEmpty());
      call.cancel();
      assertThat(read)
          .failsWithin(AMPLE)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
    }
  }

  private interface Asked {
    void run() throws DeviceException;
  }

  private static void demand(ErrorCode code, Asked asked) {
    assertThatThrownBy(asked::run)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
