package dev.doorstep.driver;

import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A device that a test has opened, with the wires that it hangs on. */
public final class LocalDevice implements AutoCloseable {
  private static final Duration OPENING = Duration.ofSeconds(5);
  private final LaneTransports wires = new LaneTransports(ScreenSource.NONE);
  private final Device device;

  private LocalDevice(
      Driver driver, String connection, Map<String, String> options, EventSink events)
      throws DeviceException {
    try {
      device =
          driver.open(
              new TestContext(
                  new DeviceSettings("device", Connection.parse(connection), options),
                  wires,
                  events,
                  Deadline.after(OPENING)));
    } catch (DeviceException e) {
      wires.close();
      throw e;
    }
  }

  /** Opens a device. */
  public static LocalDevice open(Driver driver, String connection) throws DeviceException {
    return open(driver, connection, Map.of());
  }

  /** Opens a device whose configuration has keys of the driver's own. */
  public static LocalDevice open(Driver driver, String connection, Map<String, String> options)
      throws DeviceException {
    return open(driver, connection, options, (event, subject, data) -> {});
  }

  /** Opens a device whose events somebody hears. */
  public static LocalDevice open(
      Driver driver, String connection, Map<String, String> options, EventSink events)
      throws DeviceException {
    return new LocalDevice(driver, connection, options, events);
  }

  /** The device itself. */
  public Device device() {
    return device;
  }

  /** Has it carry out an operation within some seconds. */
  public <P extends Operation<R>, R> R run(P parameters, Call call) throws DeviceException {
    return run(device, parameters, call);
  }

  /** Has any open device carry out an operation. */
  public static <P extends Operation<R>, R> R run(Device device, P parameters, Call call)
      throws DeviceException {
    Operations.Entry<?, ?> entry = device.operations().find(parameters.type().name()).orElseThrow();
    @SuppressWarnings("unchecked") // the table keys its handlers by the type's name
    Handler<P, R> handler = (Handler<P, R>) entry.handler();
    return handler.handle(parameters, call);
  }

  /** As {@link #run(Operation, Call)}, with five seconds of time. */
  public <P extends Operation<R>, R> R run(P parameters) throws DeviceException {
    return run(parameters, new TestCall(OPENING));
  }

  /** Has a thread as a lane's carry out an operation that fails, and tells with which code. */
  public CompletableFuture<ErrorCode> failure(Operation<?> parameters, TestCall call) {
    CompletableFuture<ErrorCode> end = new CompletableFuture<>();
    Thread lane =
        new Thread(
            () -> {
              try {
                runAny(parameters, call);
                end.complete(ErrorCode.INTERNAL); // it cannot have succeeded
              } catch (DeviceException e) {
                end.complete(e.code());
              }
            },
            "doorstep-test-lane");
    lane.setDaemon(true);
    lane.start();
    return end;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the table keys its handlers by the type's name
  private void runAny(Operation<?> parameters, TestCall call) throws DeviceException {
    Operations.Entry<?, ?> entry = device.operations().find(parameters.type().name()).orElseThrow();
    ((Handler) entry.handler()).handle(parameters, call);
  }

  /** Closes the wires as a watchdog does. */
  public void closeWires() {
    wires.close();
  }

  @Override
  public void close() {
    device.close();
    wires.close();
  }
}
