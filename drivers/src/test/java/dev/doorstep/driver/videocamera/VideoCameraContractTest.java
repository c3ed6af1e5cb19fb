package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class VideoCameraContractTest extends DriverContract {
  private static final byte[] JPEG = Jpegs.code("A042");
  private static final byte[] RESPONSE =
      CannedCamera.response(
          "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=\"--frame\"\r\n\r\n",
          "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ",
          JPEG.length,
          "\r\n\r\n",
          JPEG,
          "\r\n--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ",
          JPEG.length,
          "\r\n\r\n",
          JPEG);

  VideoCameraContractTest() {
    super(new VideoCameraDriver(), "mjpeg:http://127.0.0.1:%d/stream");
  }

  @Override
  protected SimulatedDevice start() {
    TcpWire wire = TcpWire.serve(new CannedCamera(RESPONSE), 0);
    return SimulatedDevice.of(wire::port, () -> {}, wire::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(
            CaptureDocument.plain(CaptureDocument.Format.JPEG),
            picture -> assertThat(picture.content().size()).isEqualTo(JPEG.length)),
        Sample.of(
                new PreviewDocument(10, 640, Duration.ofSeconds(1)),
                preview -> assertThat(preview.pictures()).isPositive())
            .byTheClock(),
        Sample.of(
            new ReadCode(Duration.ofSeconds(5)),
            code -> assertThat(code.text()).isEqualTo("A042")));
  }

  /** Its pictures are not worth a process that looks for pages in them. */
  @Override
  protected Map<String, String> options() {
    return Map.of("find-page", "false");
  }
}
