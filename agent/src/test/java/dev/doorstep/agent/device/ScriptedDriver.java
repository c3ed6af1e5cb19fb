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
import dev.doorstep.driver.Handler;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver whose device is there when the test says so, and does what the test says. */
public final class ScriptedDriver implements Driver {
  private volatile boolean present = true;
  private volatile Handler<Act, Acted> handler = (act, call) -> new Acted(act.word());
  private volatile DeviceHealth health = DeviceHealth.GOOD;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();

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

  /** What the device does. */
  public void does(Handler<Act, Acted> what) {
    handler = what;
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
    return new DriverInfo("scripted", "test-device", Set.of("tcp"), Set.of());
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    checkPresent(ErrorCode.NOT_CONNECTED);
    opened.incrementAndGet();
    return new Scripted();
  }

  private void checkPresent(ErrorCode otherwise) throws DeviceException {
    if (!present) {
      throw new DeviceException(otherwise, "unplugged by the test");
    }
  }

  private final class Scripted implements Device {
    @Override
    public Operations operations() {
      return Operations.of(Operations.entry(Act.TYPE, Effect.PHYSICAL, this::act));
    }

    private Acted act(Act act, Call call) throws DeviceException {
      runs.incrementAndGet();
      return handler.handle(act, call);
    }

    @Override
    public DeviceHealth probe(Deadline deadline) throws DeviceException {
      checkPresent(ErrorCode.DISCONNECTED);
      return health;
    }

    @Override
    public void idle(Deadline deadline) throws DeviceException {
      checkPresent(ErrorCode.DISCONNECTED);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
