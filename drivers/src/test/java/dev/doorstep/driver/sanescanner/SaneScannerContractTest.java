package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import java.util.List;
import java.util.Optional;

/** Control and data connections go through the same line, whose bytes are counted together. */
class SaneScannerContractTest extends DriverContract {
  SaneScannerContractTest() {
    super(new SaneScannerDriver(), "sane:127.0.0.1:%d/line:%1$d");
  }

  @Override
  protected SimulatedDevice start() {
    SaneService service = new SaneService();
    service.sheets = 2;
    return SimulatedDevice.of(service::port, service::prepare, service::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(sample(Source.FLAT, Format.PNG, 1), sample(Source.FEEDER, Format.PDF, 2));
  }

  private static Sample<?, ?> sample(Source source, Format format, int pages) {
    CaptureDocument wanted =
        Wanted.of(format, source, Optional.empty(), Optional.of(200), Color.GRAY);
    return Sample.of(wanted, captured -> assertThat(captured.pages()).isEqualTo(pages));
  }
}
