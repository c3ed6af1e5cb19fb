package dev.doorstep.agent.device;

import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The lanes of all devices of a point, by name. Any thread. */
public final class DeviceRegistry implements AutoCloseable {
  private final Map<String, DeviceLane> lanes = new LinkedHashMap<>();
  private final Watchdog watchdog;

  /**
   * Lanes for some devices, not started yet.
   *
   * @param drivers by name; there is one for each device
   */
  public DeviceRegistry(
      List<NamedDevice> devices, Map<String, Driver> drivers, Surroundings surroundings) {
    this(devices, drivers, surroundings, Timing.STANDARD);
  }

  DeviceRegistry(
      List<NamedDevice> devices,
      Map<String, Driver> drivers,
      Surroundings surroundings,
      Timing timing) {
    for (NamedDevice device : devices) {
      if (!drivers.containsKey(device.driver())) {
        throw new IllegalArgumentException("no driver " + device.driver());
      }
    }
    this.watchdog = new Watchdog(timing.watch());
    for (NamedDevice device : devices) {
      Driver driver = Objects.requireNonNull(drivers.get(device.driver()));
      DeviceSettings settings = device.settings();
      lanes.put(settings.id(), new DeviceLane(settings, driver, surroundings, watchdog, timing));
    }
  }

  /** A device and the name of its driver. */
  public record NamedDevice(DeviceSettings settings, String driver) {}

  /** Starts all lanes. */
  public void start() {
    lanes.values().forEach(DeviceLane::start);
  }

  /** The lane of a device, or empty if there is no such device. */
  public Optional<DeviceLane> find(String device) {
    return Optional.ofNullable(lanes.get(device));
  }

  /** All lanes, in the order of the configuration. */
  public Collection<DeviceLane> lanes() {
    return Collections.unmodifiableCollection(lanes.values());
  }

  /** Closes all lanes side by side, so that a stuck one delays no other. */
  @Override
  public void close() {
    List<Thread> closers = new ArrayList<>();
    for (DeviceLane lane : lanes.values()) {
      Thread closer = new Thread(lane::close, "doorstep-close-" + lane.id());
      closer.setDaemon(true);
      closer.start();
      closers.add(closer);
    }
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    watchdog.close();
  }
}
