package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.transport.Transports;
import java.util.Locale;

/** What a lane gives its driver for one opening; a thread that was given up tells nothing more. */
record LaneContext(
    DeviceSettings settings,
    Transports transports,
    Deadline deadline,
    Surroundings surroundings,
    Steps steps)
    implements DeviceContext {
  @Override
  public EventSink events() {
    return (event, subject, data) -> {
      if (!steps.isAbandoned()) {
        surroundings.watcher().happened(settings.id(), event, subject, data);
      }
    };
  }

  @Override
  public Locale locale() {
    return surroundings.locale();
  }
}
