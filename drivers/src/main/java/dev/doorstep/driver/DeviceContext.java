package dev.doorstep.driver;

import dev.doorstep.driver.transport.Transports;
import java.util.Locale;

/** What a driver gets to open a device with. */
public interface DeviceContext {
  /** The device's configuration. */
  DeviceSettings settings();

  /** Where it opens its wires; the lane owns and closes them. */
  Transports transports();

  /** Where it tells what happened by itself. */
  EventSink events();

  /** When the opening must be done. */
  Deadline deadline();

  /** The language of notes and recoveries. */
  Locale locale();
}
