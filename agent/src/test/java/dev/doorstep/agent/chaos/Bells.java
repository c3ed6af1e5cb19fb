package dev.doorstep.agent.chaos;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.Subject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A driver whose devices do nothing but tell what the test has them tell. */
final class Bells implements Driver {
  private final Map<String, EventSink> bells = new ConcurrentHashMap<>();

  /** Has a bell ring; it counts itself. */
  void ring(String device, Subject subject, int number) {
    bells.get(device).publish("bell.rung", subject, new Ring(number));
  }

  /** How many are open. */
  int open() {
    return bells.size();
  }

  /** What a ring tells. */
  record Ring(int number) {}

  @Override
  public DriverInfo info() {
    return new DriverInfo("bell", "bell", Set.of("tcp"), Set.of());
  }

  @Override
  public Device open(DeviceContext context) {
    bells.put(context.settings().id(), context.events());
    return new Bell();
  }

  private static final class Bell implements Device {
    @Override
    public Operations operations() {
      return Operations.of();
    }

    @Override
    public DeviceHealth probe(Deadline deadline) {
      return DeviceHealth.GOOD;
    }

    @Override
    public void idle(Deadline deadline) {}

    @Override
    public void close() {}
  }
}
