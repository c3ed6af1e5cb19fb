package dev.doorstep.agent.device;

import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Offer;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of one device: written by its lane's thread, read by any. */
final class StatusBoard {
  private final String device;
  private final Surroundings surroundings;
  private volatile DeviceStatus status;

  StatusBoard(DeviceSettings settings, DriverInfo driver, Surroundings surroundings) {
    this.device = settings.id();
    this.surroundings = surroundings;
    this.status =
        new DeviceStatus(
            OpenEnum.of(State.STARTING),
            now(),
            driver.kind(),
            driver.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(ReadDeviceStatus.TYPE.name(), new Offer()),
            surroundings.session());
  }

  DeviceStatus status() {
    return status;
  }

  /** The device was opened and offers these operations. */
  void offers(Operations operations) {
    Map<String, Offer> offers = new LinkedHashMap<>();
    operations.all().forEach(entry -> offers.put(entry.type().name(), new Offer()));
    offers.put(ReadDeviceStatus.TYPE.name(), new Offer());
    DeviceStatus s = status;
    status =
        new DeviceStatus(
            s.state(),
            s.since(),
            s.kind(),
            s.driver(),
            s.model(),
            s.serial(),
            s.cause(),
            s.supplies(),
            offers,
            s.session());
    tell(s);
  }

  /** The device answered and says how it is. */
  void healthy(DeviceHealth health) {
    DeviceStatus s = status;
    set(
        State.READY,
        health.cause(),
        health.model().or(s::model),
        health.serial().or(s::serial),
        health.supplies());
  }

  /** A command is under way, or has just ended. */
  void busy(boolean busy) {
    DeviceStatus s = status;
    set(busy ? State.BUSY : State.READY, s.cause(), s.model(), s.serial(), s.supplies());
  }

  /** The device cannot be reached. */
  void offline(Cause cause) {
    DeviceStatus s = status;
    set(State.OFFLINE, Optional.of(cause), s.model(), s.serial(), s.supplies());
  }

  private void set(
      State state,
      Optional<Cause> cause,
      Optional<String> model,
      Optional<String> serial,
      List<DeviceStatus.Supply> supplies) {
    DeviceStatus old = status;
    Instant since = old.state().is(state) ? old.since() : now();
    status =
        new DeviceStatus(
            OpenEnum.of(state),
            since,
            old.kind(),
            old.driver(),
            model,
            serial,
            cause,
            supplies,
            old.operations(),
            old.session());
    tell(old);
  }

  private void tell(DeviceStatus old) {
    if (!status.equals(old)) {
      try {
        surroundings.watcher().changed(device, status);
      } catch (RuntimeException e) {
        Defects.log(device, e); // of whoever watches: the lane goes on
      }
    }
  }

  private Instant now() {
    return surroundings.clock().instant();
  }
}
