package dev.doorstep.agent.device;

import dev.doorstep.agent.device.Steps.Kind;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.Handler;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.mqtt.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's device, open or not: opens it, looks after it, and lets go of it when its line fails.
 * Used by one thread alone, {@link #wires} and {@link #openNoMore} excepted. Each call of the
 * driver is a step, which the watchdog bounds.
 */
final class OpenDevice {
  private static final Logger log = LoggerFactory.getLogger(OpenDevice.class);
  private static final Duration PROBE_PERIOD = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DeviceSettings settings;
  private final Driver driver;
  private final Surroundings surroundings;
  private final StatusBoard.Pen pen;
  private final Steps steps;
  private final Timing timing;
  private final Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private LaneTransports wires;
  private boolean noMore;
  private volatile boolean everReady;
  private @Nullable Device device;
  private DeviceHealth health = DeviceHealth.GOOD;
  private @Nullable Cause offline;
  private Deadline nextProbe = Deadline.after(Duration.ZERO);
  private Deadline nextOpening = Deadline.after(Duration.ZERO);

  OpenDevice(
      DeviceSettings settings,
      Driver driver,
      Surroundings surroundings,
      StatusBoard.Pen pen,
      Steps steps,
      Timing timing) {
    this.settings = settings;
    this.driver = driver;
    this.surroundings = surroundings;
    this.pen = pen;
    this.steps = steps;
    this.timing = timing;
    this.wires = new LaneTransports(surroundings.screens());
  }

  /** Between commands: opens the device if it is time to, or lets it idle and asks how it is. */
  void lookAfter() {
    Device open = device;
    if (open == null) {
      if (nextOpening.expired()) {
        check(Deadline.after(timing.opening()));
      }
    } else if (nextProbe.expired()) {
      check(Deadline.after(timing.probing()));
    } else {
      Deadline deadline = Deadline.after(timing.idling());
      attempt(
          () ->
              steps.during(
                  Kind.IDLE,
                  deadline,
                  () -> {
                    open.idle(deadline);
                    return deadline;
                  }));
    }
    pen.look();
  }

  /**
   * Makes sure that the device is open.
   *
   * @throws DeviceException if it cannot be opened; it is {@code OFFLINE} then
   */
  void ensureOpen(Deadline deadline) throws DeviceException {
    if (device != null) {
      return;
    }
    try {
      open(deadline.atMost(timing.opening()));
    } catch (DeviceException e) {
      lose(e);
      throw e;
    } catch (RuntimeException | Error e) {
      DeviceException defect = Defects.told(settings.id(), e);
      lose(defect);
      throw defect;
    }
  }

  /** Asks the device how it is; one that does not answer is {@code OFFLINE} then. */
  void check(Deadline deadline) {
    try {
      if (device == null) {
        ensureOpen(deadline); // which asks by itself
      } else {
        Deadline soon = deadline.atMost(timing.probing());
        attempt(() -> probe(soon));
      }
    } catch (DeviceException e) {
      log.debug("{}: not there: {}", settings.id(), e.getMessage());
    }
  }

  /**
   * Proves that the device can be used: it answers, over a new line if its old one is gone, and
   * lacks nothing.
   *
   * @throws DeviceException why it cannot be used
   */
  void prove() throws DeviceException {
    DeviceHealth health;
    try {
      health = device == null ? reopen() : probe(Deadline.after(timing.probing()));
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.DISCONNECTED) {
        lose(e);
        throw e;
      }
      health = reopen();
    } catch (RuntimeException | Error e) {
      DeviceException defect = Defects.told(settings.id(), e);
      lose(defect);
      throw defect;
    }
    Optional<Cause> lacks = health.cause();
    if (lacks.isPresent()) {
      throw new DeviceException(
          lacks.get().code().as(ErrorCode.class).orElse(ErrorCode.DEVICE_FAULT),
          "the device answers and cannot be used");
    }
  }

  /** Has a handler of the open device carry a command out. */
  <P extends Operation<R>, R> R handle(Handler<P, R> handler, P parameters, Call call)
      throws DeviceException {
    return steps.during(Kind.HANDLE, call.deadline(), () -> handler.handle(parameters, call));
  }

  /** Whether it is open. */
  boolean isOpen() {
    return device != null;
  }

  /** Whether it was reached since this lane's thread began. */
  boolean wasEverReady() {
    return everReady;
  }

  /** Lets go of a device whose line failed; it is opened again later. */
  void lose(DeviceException why) {
    letGo();
    nextOpening = Deadline.after(pauses.pause());
    Cause cause = Causes.of(why.code(), surroundings.locale());
    if (!cause.equals(offline)) {
      log.info("{}: offline, {}: {}", settings.id(), why.code(), why.getMessage());
    }
    offline = cause;
    pen.offline(cause);
  }

  /** Lets go of the device; it is opened anew when it is needed, and nobody is told. */
  void letGo() {
    Device open = device;
    device = null;
    boolean watched = steps.begin(Kind.CLOSE, Deadline.after(timing.closing()));
    try {
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException | Error e) {
      Defects.log(settings.id(), e);
    } finally {
      wires().close();
      if (watched) {
        steps.end();
      }
    }
  }

  /** The wires of now, for whoever cuts them under a driver that does not return. */
  synchronized LaneTransports wires() {
    return wires;
  }

  /** From now on no wires are opened any more. */
  synchronized void openNoMore() {
    noMore = true;
  }

  private interface Step {
    void run() throws DeviceException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (DeviceException e) {
      lose(e);
    } catch (RuntimeException | Error e) {
      lose(Defects.told(settings.id(), e));
    }
  }

  private DeviceHealth reopen() throws DeviceException {
    letGo();
    ensureOpen(Deadline.after(timing.opening()));
    return health;
  }

  /** Fresh wires, unless the lane is closing: then none are opened any more. */
  private LaneTransports renewWires() throws DeviceException {
    letGo();
    synchronized (this) {
      if (!noMore) {
        wires = new LaneTransports(surroundings.screens());
        return wires;
      }
    }
    throw new DeviceException(ErrorCode.STOPPING, "the agent stops");
  }

  private void open(Deadline deadline) throws DeviceException {
    LaneTransports fresh = renewWires();
    LaneContext context = new LaneContext(settings, fresh, deadline, surroundings, steps);
    Device opened = steps.during(Kind.OPEN, deadline, () -> driver.open(context));
    device = opened;
    pen.offers(opened.operations());
    probe(deadline);
    pauses.reset();
    offline = null;
    everReady = true;
    log.info("{}: ready at {}", settings.id(), settings.connection());
  }

  private DeviceHealth probe(Deadline deadline) throws DeviceException {
    Device open = device;
    if (open == null) {
      throw new DeviceException(ErrorCode.DISCONNECTED, "the device is not open");
    }
    health = steps.during(Kind.PROBE, deadline, () -> open.probe(deadline));
    pen.healthy(health);
    nextProbe = Deadline.after(PROBE_PERIOD);
    return health;
  }
}
