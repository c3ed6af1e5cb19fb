package dev.doorstep.driver.eloamcamera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.driver.code.ShownCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.EloamService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class EloamContractTest extends DriverContract {
  EloamContractTest() {
    super(new EloamCameraDriver(), "ws://127.0.0.1:%d");
  }

  /** Pushes the same number of pictures each time, so that each byte of them can be cut off. */
  @Override
  protected SimulatedDevice start() {
    EloamService service = EloamService.start(0);
    service.show(ShownCode.qr("A042", StandardCharsets.US_ASCII, 2));
    service.pushes(1, Duration.ofMillis(1));
    return SimulatedDevice.of(service::port, () -> {}, service::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(
                CaptureDocument.plain(CaptureDocument.Format.JPEG),
                picture -> assertThat(picture.width()).isEqualTo(58))
            .inTime(), // it settles as long as there is time
        Sample.of(
                new PreviewDocument(10, 640, Duration.ofSeconds(1)),
                preview -> assertThat(preview.pictures()).isPositive())
            .byTheClock(),
        Sample.of(
                new ReadCode(Duration.ofSeconds(5)),
                code -> assertThat(code.text()).isEqualTo("A042"))
            .inTime());
  }

  /** A preview waits for most of its second. */
  @Override
  protected int trialsAtOnce() {
    return 64;
  }

  /** Its pictures are not worth a process that looks for pages in them. */
  @Override
  protected Map<String, String> options() {
    return Map.of("find-page", "false");
  }
}
