package dev.doorstep.agent.device;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Handler;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A driver whose device is there when the test says so, and does what the test says. */
public final class ScriptedDriver implements Driver {
  private volatile boolean present = true;
  private volatile Handler<Act, Acted> handler = (act, call) -> new Acted(act.word());
  private volatile Effect effect = Effect.PHYSICAL;
  private volatile DeviceHealth health = DeviceHealth.GOOD;
  private final Map<Stage, Runnable> stages = new ConcurrentHashMap<>();
  private final AtomicInteger probed = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();

  /** Where something may happen between lane and device. */
  public enum Stage {
    OPEN,
    PROBE,
    IDLE,
    CLOSE
  }

  /** The parameters of the one operation. */
  public record Act(String word) implements Operation<Acted> {
    /** Its type. */
    public static final OperationType<Act, Acted> TYPE =
        new OperationType<>("x-test.act", Act.class, Acted.class);

    @Override
    public OperationType<Act, Acted> type() {
      return TYPE;
    }
  }

  /** Its result. */
  public record Acted(String word) {}

  /** The settings of a device with this driver. */
  public static DeviceSettings settings(String id) {
    return new DeviceSettings(id, Connection.parse("tcp:127.0.0.1:1"), Map.of());
  }

  /** Plugs the device in or out. */
  public void present(boolean there) {
    present = there;
  }

  /** What the device says of itself. */
  public void health(DeviceHealth now) {
    health = now;
  }

  /** What its operation does to the world, from the next opening on. */
  public void effect(Effect what) {
    effect = what;
  }

  /** What the device does. */
  public void does(Handler<Act, Acted> what) {
    handler = what;
  }

  /** What happens whenever the lane comes to this stage. */
  public void at(Stage stage, Runnable what) {
    stages.put(stage, what);
  }

  /** How often it was asked how it is. */
  public int probed() {
    return probed.get();
  }

  /** How often the device was opened. */
  public int opened() {
    return opened.get();
  }

  /** How often it was closed. */
  public int closed() {
    return closed.get();
  }

  /** How often it acted. */
  public int runs() {
    return runs.get();
  }

  @Override
  public DriverInfo info() {
    return new DriverInfo("scripted", "test-device", Set.of("tcp", "screen"), Set.of());
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    checkPresent(ErrorCode.NOT_CONNECTED);
    opened.incrementAndGet();
    pass(Stage.OPEN);
    EventSink events = context.events();
    if (context.settings().connection().scheme().equals("screen")) {
      Screen wire = context.transports().screen(context.settings().connection());
      return new Scripted(events, wire::shown);
    }
    return new Scripted(events, () -> true);
  }

  private void pass(Stage stage) {
    stages.getOrDefault(stage, () -> {}).run();
  }

  private void checkPresent(ErrorCode otherwise) throws DeviceException {
    if (!present) {
      throw new DeviceException(otherwise, "unplugged by the test");
    }
  }

  private final class Scripted implements Device {
    private final EventSink events;
    private final BooleanSupplier wired;

    Scripted(EventSink events, BooleanSupplier wired) {
      this.events = events;
      this.wired = wired;
    }

    @Override
    public Operations operations() {
      return Operations.of(Operations.entry(Act.TYPE, effect, this::act));
    }

    private Acted act(Act act, Call call) throws DeviceException {
      runs.incrementAndGet();
      if (act.word().equals("tell")) {
        events.publish("acted", Subject.DEVICE, act);
      }
      Acted acted = handler.handle(act, call);
      if (act.word().equals("tell")) {
        events.publish("acted", Subject.PERSON, act);
      }
      return acted;
    }

    @Override
    public DeviceHealth probe(Deadline deadline) throws DeviceException {
      if (!wired.getAsBoolean()) {
        throw new DeviceException(ErrorCode.DISCONNECTED, "the wire was cut");
      }
      checkPresent(ErrorCode.DISCONNECTED);
      probed.incrementAndGet();
      pass(Stage.PROBE);
      checkPresent(ErrorCode.DISCONNECTED);
      return health;
    }

    @Override
    public void idle(Deadline deadline) throws DeviceException {
      pass(Stage.IDLE);
      checkPresent(ErrorCode.DISCONNECTED);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      pass(Stage.CLOSE);
    }
  }
}
