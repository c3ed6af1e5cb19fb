package dev.doorstep.driver;

import dev.doorstep.driver.FaultyLine.Fault;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.driver.transport.Transports;
import java.time.Duration;
import java.util.Map;

/** A simulated device, a line to it and the wires of a lane: what one trial of a contract needs. */
final class Bench implements AutoCloseable {
  private final SimulatedDevice simulated;
  private final FaultyLine line;
  private final String connection;
  private final Map<String, String> options;
  private volatile LaneTransports wires = new LaneTransports(ScreenSource.NONE);

  Bench(SimulatedDevice simulated, String connection, Map<String, String> options) {
    this.simulated = simulated;
    this.line = new FaultyLine(simulated.port());
    this.connection = connection;
    this.options = options;
  }

  /** Opens the device, over wires of which one read gives at most so many bytes. */
  Device open(Driver driver, int mostBytes, Duration time) throws DeviceException {
    Transports transports =
        mostBytes == Integer.MAX_VALUE ? wires : new ShortReads(wires, mostBytes);
    return driver.open(
        TestContext.of(
            Connection.parse(connection.formatted(line.port())), options, transports, time));
  }

  /** Opens the device and has it carry out a sample. */
  TestCall run(Driver driver, Sample<?, ?> sample, int mostBytes, Duration time)
      throws DeviceException {
    TestCall call = new TestCall(time);
    try (Device device = open(driver, mostBytes, time)) {
      sample.carryOut(device, call);
    }
    return call;
  }

  /** Closes the wires from whichever thread, as a lane's watchdog does. */
  void closeWires() {
    wires.close();
  }

  /** Begins a trial with new wires, as a lane does after a failure, and a device that is ready. */
  Bench arm(Fault fault) {
    wires.close();
    wires = new LaneTransports(ScreenSource.NONE);
    line.arm(fault);
    simulated.prepare();
    return this;
  }

  /** Brings the device into the state in which the samples succeed. */
  void prepare() {
    simulated.prepare();
  }

  /** How many bytes came from the device in this trial. */
  int passed() {
    return line.passed();
  }

  @Override
  public void close() {
    wires.close();
    line.close();
    simulated.close();
  }
}
