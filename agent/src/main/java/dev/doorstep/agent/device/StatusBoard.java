package dev.doorstep.agent.device;

import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Offer;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.schema.Schemas;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The status of one device: read by any thread, written with a {@link Pen}, of which the newest
 * alone writes. A device that comes and goes is announced as {@code UNSTEADY} until it has held.
 */
final class StatusBoard {
  private final String device;
  private final Surroundings surroundings;
  private final Steadiness steadiness;
  private @Nullable Pen newest;
  private volatile @Nullable Operations operations;

  /** How the device is, and what is told of it. */
  private DeviceStatus found;

  private volatile DeviceStatus status;

  StatusBoard(
      DeviceSettings settings, DriverInfo driver, Surroundings surroundings, LongSupplier ticker) {
    this.device = settings.id();
    this.surroundings = surroundings;
    this.steadiness = new Steadiness(ticker);
    this.found =
        new DeviceStatus(
            OpenEnum.of(State.STARTING),
            now(),
            driver.kind(),
            driver.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(ReadDeviceStatus.TYPE.name(), offer(ReadDeviceStatus.TYPE)),
            surroundings.session());
    this.status = found;
  }

  /** What is told of the device. */
  DeviceStatus status() {
    return status;
  }

  /** What the device can do; empty until it was opened once. */
  Optional<Operations> operations() {
    return Optional.ofNullable(operations);
  }

  /** Writes on the board, as long as no newer one was taken and it was not put down. */
  final class Pen {
    /** From now on this one writes. */
    void take() {
      synchronized (StatusBoard.this) {
        newest = this;
      }
    }

    /** The device was opened and offers these operations. */
    void offers(Operations offered) {
      synchronized (StatusBoard.this) {
        if (newest == this) {
          operations = offered;
          offer(offered);
        }
      }
    }

    /** The device answered and says how it is. */
    void healthy(DeviceHealth health) {
      synchronized (StatusBoard.this) {
        if (newest == this) {
          set(
              State.READY,
              health.cause(),
              health.model().or(found::model),
              health.serial().or(found::serial),
              health.supplies());
        }
      }
    }

    /** A command is under way, or has just ended. */
    void busy(boolean busy) {
      synchronized (StatusBoard.this) {
        if (newest == this) {
          change(busy ? State.BUSY : State.READY, found.cause());
        }
      }
    }

    /** The device cannot be reached. */
    void offline(Cause cause) {
      synchronized (StatusBoard.this) {
        if (newest == this) {
          change(State.OFFLINE, Optional.of(cause));
        }
      }
    }

    /** Time has passed: an unsteady device may have held by now. */
    void look() {
      synchronized (StatusBoard.this) {
        if (newest == this) {
          tell();
        }
      }
    }

    /** Writes for the last time that the device cannot be reached. */
    void putDown(Cause cause) {
      synchronized (StatusBoard.this) {
        offline(cause);
        if (newest == this) {
          newest = null;
        }
      }
    }
  }

  private void offer(Operations offered) {
    Map<String, Offer> offers = new LinkedHashMap<>();
    offered.all().forEach(entry -> offers.put(entry.type().name(), offer(entry.type())));
    offers.put(ReadDeviceStatus.TYPE.name(), offer(ReadDeviceStatus.TYPE));
    DeviceStatus f = found;
    found =
        new DeviceStatus(
            f.state(),
            f.since(),
            f.kind(),
            f.driver(),
            f.model(),
            f.serial(),
            f.cause(),
            f.supplies(),
            offers,
            f.session());
    tell();
  }

  private void change(State state, Optional<Cause> cause) {
    set(state, cause, found.model(), found.serial(), found.supplies());
  }

  private void set(
      State state,
      Optional<Cause> cause,
      Optional<String> model,
      Optional<String> serial,
      List<DeviceStatus.Supply> supplies) {
    found = told(found, state, cause, model, serial, supplies);
    steadiness.now(state != State.OFFLINE);
    tell();
  }

  private DeviceStatus told(
      DeviceStatus old,
      State state,
      Optional<Cause> cause,
      Optional<String> model,
      Optional<String> serial,
      List<DeviceStatus.Supply> supplies) {
    return new DeviceStatus(
        OpenEnum.of(state),
        old.state().is(state) ? old.since() : now(),
        old.kind(),
        old.driver(),
        model,
        serial,
        cause,
        supplies,
        found.operations(),
        old.session());
  }

  private void tell() {
    DeviceStatus old = status;
    DeviceStatus next = found;
    if (steadiness.isUnsteady()) {
      Cause cause = Causes.of(ErrorCode.UNSTEADY, surroundings.locale());
      next =
          told(
              old,
              State.OFFLINE,
              Optional.of(cause),
              found.model(),
              found.serial(),
              found.supplies());
    }
    status = next;
    // The state first: it is what changes with each command, and comparing all takes its time.
    if (!next.state().text().equals(old.state().text()) || !next.equals(old)) {
      try {
        surroundings.watcher().changed(device, next);
      } catch (RuntimeException e) {
        Defects.log(device, e); // of whoever watches: the lane goes on
      }
    }
  }

  private static Offer offer(OperationType<?, ?> type) {
    Map<String, Long> limits = new LinkedHashMap<>(Schemas.listLimits(type));
    limits.put("queue", (long) DeviceLane.LONGEST_QUEUE);
    return new Offer(Optional.of(Schemas.of(type).digest()), limits);
  }

  private Instant now() {
    return surroundings.clock().instant();
  }
}
