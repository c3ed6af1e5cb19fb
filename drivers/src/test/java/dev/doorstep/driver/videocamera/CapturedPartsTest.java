package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.simulator.device.TcpWire;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of the parts that a camera sends becomes the picture. */
class CapturedPartsTest {
  private static final byte[] GREETING = Jpegs.smallest(1, 1);
  private static final byte[] PICTURE = Jpegs.smallest(2, 2);
  private static final byte[] BROKEN = {1, 2, 3};

  @Test
  void thePictureThatACameraGreetsWithIsNotTaken() throws DeviceException {
    assertThat(captured(GREETING, PICTURE).width()).isEqualTo(2);
  }

  @Test
  void twoBrokenPartsArePassedOverAndTheThirdIsTold() throws DeviceException {
    assertThat(captured(BROKEN, GREETING, BROKEN, PICTURE).width()).isEqualTo(2);
    assertThatThrownBy(() -> captured(GREETING, BROKEN, BROKEN, BROKEN, PICTURE))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED))
        .hasMessageContaining("3 parts that are no JPEG");
  }

  private static CapturedDocument captured(byte[]... parts) throws DeviceException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(
        CannedCamera.response(
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"));
    for (byte[] part : parts) {
      response.writeBytes(
          CannedCamera.response("--b\r\nContent-Length: ", part.length, "\r\n\r\n", part, "\r\n"));
    }
    CannedCamera camera = new CannedCamera(response.toByteArray());
    try (TcpWire wire = TcpWire.serve(camera, 0);
        LocalDevice device =
            LocalDevice.open(
                new VideoCameraDriver(),
                "mjpeg:http://127.0.0.1:" + wire.port() + "/",
                Map.of("find-page", "false"))) {
      return device.run(CaptureDocument.plain(CaptureDocument.Format.JPEG));
    }
  }
}
