package dev.doorstep.driver;

import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Transports;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What a test gives a driver to open a device with. */
public record TestContext(
    DeviceSettings settings, Transports transports, EventSink events, Deadline deadline)
    implements DeviceContext {

  /** A device named {@code device}, whose events nobody hears. */
  public static TestContext of(
      Connection connection, Map<String, String> options, Transports transports, Duration time) {
    return new TestContext(
        new DeviceSettings("device", connection, options),
        transports,
        (event, subject, data) -> {},
        Deadline.after(time));
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }
}
