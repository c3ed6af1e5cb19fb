package dev.doorstep.driver.esclscanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.simulator.device.EsclScanner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EsclScannerContractTest extends DriverContract {
  EsclScannerContractTest() {
    super(new EsclScannerDriver(), "escl:http://127.0.0.1:%d/eSCL");
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("area", "20x20");
  }

  @Override
  protected SimulatedDevice start() {
    EsclScanner scanner = EsclScanner.start(0);
    return SimulatedDevice.of(
        scanner::port,
        () -> {
          scanner.endJob();
          scanner.feed(Sheets.stack(50));
        },
        scanner::close);
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(sample(Source.FLAT, Format.JPEG, 1), sample(Source.FEEDER, Format.PDF, 2));
  }

  private static Sample<?, ?> sample(Source source, Format format, int pages) {
    CaptureDocument wanted =
        Wanted.of(format, source, Optional.of(pages), Optional.of(75), Color.GRAY);
    // ending the job is a courtesy once all pages are there
    String ended = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    return Sample.of(wanted, captured -> assertThat(captured.pages()).isEqualTo(pages))
        .before(ended.length());
  }
}
