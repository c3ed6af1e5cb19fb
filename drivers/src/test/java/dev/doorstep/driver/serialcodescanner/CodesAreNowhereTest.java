package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.TcpWire;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a code says is in no line of any log, at whatever level, and in no error. */
class CodesAreNowhereTest {
  private static final String CODE = "http://sample.invalid/11010519491231002X";
  private static final ReadCode READ = new ReadCode(Duration.ofMillis(300));

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final StringWriter seen = new StringWriter();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setLevel(before);
  }

  @Test
  void whetherTheyAreReadOrNot() throws DeviceException {
    CodeScanner scanner = new CodeScanner();
    FaultyDevice faulty = new FaultyDevice(scanner);
    try (TcpWire wire = TcpWire.serve(faulty, 0)) {
      String connection = "tcp:127.0.0.1:" + wire.port();
      for (Map<String, String> options :
          List.of(
              Map.of("trigger", "true"),
              Map.of("trigger", "true", "suffix", "crlf"),
              Map.of("mode", "continuous"))) {
        for (Fault fault :
            List.of(Fault.chunks(100), Fault.cut(20), Fault.badChecksum(), Fault.cutAndClose(20))) {
          scanner.continuous(options.containsKey("mode"));
          faulty.clear();
          try (LocalDevice device =
              LocalDevice.open(new SerialCodeScannerDriver(), connection, options)) {
            faulty.fault(fault);
            scanner.showQr(CODE, StandardCharsets.US_ASCII);
            tell(() -> seen.append(device.run(READ, new TestCall(Duration.ofSeconds(1))) + "\n"));
            scanner.showQr(CODE + "1".repeat(8000), StandardCharsets.US_ASCII);
            tell(() -> device.device().idle(Deadline.after(Duration.ofSeconds(1))));
            tell(() -> device.run(READ, new TestCall(Duration.ofSeconds(1))));
          }
        }
      }
    }
    log.list.forEach(event -> seen.append(event.getFormattedMessage()).append('\n'));
    assertThat(seen.toString())
        .contains("ScannedCode[?]", "suffix")
        .doesNotContain("11010519", "sample.invalid")
        .doesNotContainIgnoringCase(
            HexFormat.ofDelimiter(" ").formatHex("sample".getBytes(StandardCharsets.US_ASCII)));
  }

  private interface Step {
    void run() throws DeviceException;
  }

  private void tell(Step step) {
    DeviceException thrown = catchThrowableOfType(DeviceException.class, step::run);
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(seen, true));
    }
  }
}
