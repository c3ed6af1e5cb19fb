package dev.doorstep.agent.device;

import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.DeviceStatus;

/** Hears what devices do by themselves. Called by lanes' threads; returns at once. */
public interface DeviceWatcher {
  /** The status of a device is another now. */
  void changed(String device, DeviceStatus status);

  /** A device tells of an event, such as {@code card.placed}; one of a person stays in memory. */
  void happened(String device, String event, Subject subject, Object data);
}
