package dev.doorstep.driver.serialcodescanner;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ScannedCode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open scanner. */
final class CodeScanner implements Device {
  private static final Logger LOG = LoggerFactory.getLogger(CodeScanner.class);

  /** How late a wait may see that nobody wants the code any more. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Modules look for five seconds after a trigger, unless they are set up otherwise. */
  private static final Duration TRIGGER_AGAIN = Duration.ofSeconds(4);

  private final ScannerLine line;
  private final ScannerOptions options;
  private final EventSink events;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(ReadCode.TYPE, Effect.SAFE, this::read));

  CodeScanner(ScannerLine line, ScannerOptions options, EventSink events, Locale locale) {
    this.line = line;
    this.options = options;
    this.events = events;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** Asks a scanner that takes commands; of another only the line can be seen. */
  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    if (options.trigger()) {
      line.discard(deadline);
      line.command(ScannerCommand.HELLO, deadline);
    } else {
      pass(deadline);
    }
    return DeviceHealth.GOOD;
  }

  /** Tells what was scanned meanwhile, or throws it away. */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    pass(deadline);
  }

  /** Forgets what nobody took. */
  @Override
  public void close() {
    line.forget();
  }

  private ScannedCode read(ReadCode parameters, Call call) throws DeviceException {
    pass(call.deadline());
    Deadline patience = call.deadline().atMost(parameters.patience());
    Deadline lit = Deadline.after(Duration.ZERO);
    boolean told = false;
    Optional<byte[]> code = Optional.empty();
    while (code.isEmpty()) {
      if (call.cancelled()) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped while no code was there");
      }
      if (options.trigger() && lit.expired() && !line.begun()) {
        line.command(ScannerCommand.TRIGGER, call.deadline());
        lit = Deadline.after(TRIGGER_AGAIN);
        if (!told) {
          line.forget(); // noise: it had not looked for a code before
        }
      }
      if (!told) {
        call.progress(Words.of(SerialCodeScannerDriver.class, locale).text("wait"));
        told = true;
      }
      code = line.code(call.deadline().atMost(LOOK));
      if (code.isEmpty() && (line.begun() ? call.deadline() : patience).expired()) {
        throw noCode();
      }
    }
    return ScannedText.of(code.get(), options);
  }

  private DeviceException noCode() {
    return line.begun()
        ? new DeviceException(ErrorCode.TIMEOUT, "a code stopped in the middle")
        : new DeviceException(ErrorCode.NO_CODE, "no code came");
  }

  /** What came before now: told as events by a continuous scanner, thrown away else. */
  private void pass(Deadline deadline) throws DeviceException {
    if (!options.continuous()) {
      line.discard(deadline);
      return;
    }
    try {
      Optional<byte[]> code = line.waiting(deadline);
      while (code.isPresent()) {
        events.publish("code.scanned", Subject.PERSON, ScannedText.of(code.get(), options));
        code = line.waiting(deadline);
      }
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.DISCONNECTED) {
        throw e;
      }
      LOG.warn("a code was passed over: {}", e.getMessage());
    }
  }
}
