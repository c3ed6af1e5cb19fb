package dev.doorstep.protocol.center;

import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;

/**
 * Hears what points tell unasked; see {@link Center#watch}. Retained documents come once at the
 * beginning, and again after each reconnect. Some brokers (Artemis) miss one that is published at
 * the very moment of the subscription; {@link Point#isOnline} asks twice for that reason.
 */
public interface PointListener {
  /**
   * A point is there, or gone. A late will of an earlier start of the point is told like any other
   * status: {@link Point#isOnline} knows better.
   */
  default void status(String point, PointStatus status) {}

  /** What a point is. */
  default void about(String point, PointAbout about) {}

  /** How a device is. */
  default void device(String point, String device, DeviceStatus status) {}

  /** What a device tells. */
  default void event(String point, String device, DeviceEvent event) {}
}
