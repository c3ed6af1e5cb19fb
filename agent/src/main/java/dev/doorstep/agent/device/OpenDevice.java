package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's device, open or not: opens it, looks after it, and lets go of it when its line fails.
 * Used by the lane's thread alone, {@link #cutWires} and {@link #operations} excepted.
 */
final class OpenDevice implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenDevice.class);
  private static final Duration OPENING = Duration.ofSeconds(5);
  private static final Duration PROBING = Duration.ofSeconds(3);
  private static final Duration IDLING = Duration.ofSeconds(1);
  private static final Duration PROBE_PERIOD = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DeviceSettings settings;
  private final Driver driver;
  private final Surroundings surroundings;
  private final StatusBoard board;
  private volatile LaneTransports wires;
  private boolean cut;
  private volatile @Nullable Operations operations;
  private @Nullable Device device;
  private Deadline nextProbe = Deadline.after(Duration.ZERO);
  private Deadline nextOpening = Deadline.after(Duration.ZERO);
  private Duration pause = FIRST_PAUSE;

  OpenDevice(DeviceSettings settings, Driver driver, Surroundings surroundings, StatusBoard board) {
    this.settings = settings;
    this.driver = driver;
    this.surroundings = surroundings;
    this.board = board;
    this.wires = new LaneTransports(surroundings.screens());
  }

  Optional<Operations> operations() {
    return Optional.ofNullable(operations);
  }

  /** Between commands: opens the device if it is time to, or lets it idle and asks how it is. */
  void lookAfter() {
    Device open = device;
    if (open == null) {
      if (nextOpening.expired()) {
        check(Deadline.after(OPENING));
      }
    } else if (nextProbe.expired()) {
      check(Deadline.after(PROBING));
    } else {
      attempt(() -> open.idle(Deadline.after(IDLING)));
    }
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
      open(deadline.atMost(OPENING));
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
        attempt(() -> probe(deadline.atMost(PROBING)));
      }
    } catch (DeviceException e) {
      log.debug("{}: not there: {}", settings.id(), e.getMessage());
    }
  }

  /** Whether it is open. */
  boolean isOpen() {
    return device != null;
  }

  /** Lets go of a device whose line failed; it is opened again later. */
  void lose(DeviceException why) {
    close();
    nextOpening = Deadline.after(pause);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    Cause cause = cause(why);
    if (!board.status().cause().equals(Optional.of(cause))) {
      log.info("{}: offline, {}: {}", settings.id(), why.code(), why.getMessage());
    }
    board.offline(cause);
  }

  /** Closes the wires from another thread, under a driver that does not return. */
  void cutWires() {
    LaneTransports last;
    synchronized (this) {
      cut = true;
      last = wires;
    }
    last.close();
  }

  @Override
  public void close() {
    Device open = device;
    device = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException | Error e) {
        Defects.log(settings.id(), e);
      }
    }
    wires.close();
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

  /** Fresh wires, unless the lane is closing: then none are opened any more. */
  private void renewWires() throws DeviceException {
    synchronized (this) {
      if (!cut) {
        wires.close();
        wires = new LaneTransports(surroundings.screens());
        return;
      }
    }
    throw new DeviceException(ErrorCode.STOPPING, "the agent stops");
  }

  private void open(Deadline deadline) throws DeviceException {
    renewWires();
    Device opened = driver.open(new Context(wires, deadline));
    device = opened;
    operations = opened.operations();
    board.offers(opened.operations());
    probe(deadline);
    pause = FIRST_PAUSE;
    log.info("{}: ready at {}", settings.id(), settings.connection());
  }

  private void probe(Deadline deadline) throws DeviceException {
    Device open = device;
    if (open != null) {
      DeviceHealth health = open.probe(deadline);
      board.healthy(health);
      nextProbe = Deadline.after(PROBE_PERIOD);
    }
  }

  private Cause cause(DeviceException why) {
    Layer layer =
        switch (why.code().kind()) {
          case LINK -> Layer.LINK;
          case DEVICE -> Layer.DEVICE;
          case AGENT, REQUEST -> Layer.AGENT;
        };
    return new Cause(
        OpenEnum.of(why.code()), OpenEnum.of(layer), why.code().recovery(surroundings.locale()));
  }

  private final class Context implements DeviceContext {
    private final Transports transports;
    private final Deadline deadline;

    Context(Transports transports, Deadline deadline) {
      this.transports = transports;
      this.deadline = deadline;
    }

    @Override
    public DeviceSettings settings() {
      return settings;
    }

    @Override
    public Transports transports() {
      return transports;
    }

    @Override
    public EventSink events() {
      return (event, data) -> surroundings.watcher().happened(settings.id(), event, data);
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public Locale locale() {
      return surroundings.locale();
    }
  }
}
