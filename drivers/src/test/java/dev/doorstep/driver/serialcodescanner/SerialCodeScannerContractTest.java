package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DriverContract;
import dev.doorstep.driver.Sample;
import dev.doorstep.driver.SimulatedDevice;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.TcpWire;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class SerialCodeScannerContractTest extends DriverContract {
  private static final String CODE = "http://sample.invalid/随申码/11010519491231002X";

  SerialCodeScannerContractTest() {
    super(new SerialCodeScannerDriver(), "tcp:127.0.0.1:%d");
  }

  @Override
  protected SimulatedDevice start() {
    CodeScanner scanner = new CodeScanner().aim(true);
    TcpWire wire = TcpWire.serve(scanner, 0);
    return SimulatedDevice.of(
        wire::port, () -> scanner.showQr(CODE, Charset.forName("GBK")), wire::close);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("trigger", "true", "aim", "true", "suffix", "cr");
  }

  @Override
  protected List<Sample<?, ?>> samples() {
    return List.of(
        Sample.of(
                new ReadCode(Duration.ofSeconds(5)),
                code -> {
                  assertThat(code.text()).isEqualTo(CODE);
                  assertThat(code.symbology()).contains("QR_CODE");
                })
            .keeping(CODE, "http", "11010519491231002X", "5d 51 31"));
  }

  @Override
  protected Optional<Sample<?, ?>> waiting() {
    return Optional.of(samples().get(0));
  }

  /** Triggered and confirmed, a scanner is silent as long as nobody shows a code. */
  @Override
  protected Set<ErrorCode> silences() {
    return Set.of(ErrorCode.TIMEOUT, ErrorCode.NO_CODE);
  }

  @Override
  protected Optional<String> harmlessNoise() {
    return Optional.of("00 ff 5a 02 02 00");
  }
}
