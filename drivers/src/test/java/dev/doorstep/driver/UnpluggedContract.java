package dev.doorstep.driver;

import dev.doorstep.protocol.Operation;
import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.WireDevice;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device on a TCP line and on a serial one, unplugged in the middle of an operation. */
@Timeout(300)
@PseudoTerminals
public abstract class UnpluggedContract {
  /**
   * What is unplugged.
   *
   * @param device simulated
   * @param options of the driver
   * @param times how often
   * @param operation in the middle of which it happens
   * @param middle whether a call of it is there
   * @param endless brings the device into a state in which the operation does not end by itself
   * @param ready brings it into one in which it succeeds
   */
  public record Part(
      WireDevice device,
      Driver driver,
      Map<String, String> options,
      int times,
      Operation<?> operation,
      Predicate<TestCall> middle,
      Runnable endless,
      Runnable ready) {}

  /** A new one. */
  protected abstract Part part();

  @Test
  void againAndAgainOnTcp() throws Exception {
    Part part = part();
    try (TcpWire wire = TcpWire.serve(part.device(), 0)) {
      demand(part, "tcp:127.0.0.1:" + wire.port(), wire);
    }
  }

  @Test
  @RealComponent("socat")
  void againAndAgainOnASerialLine(@TempDir Path folder) throws Exception {
    Part part = part();
    try (PtyWire wire = PtyWire.serve(part.device(), folder.resolve("line"))) {
      demand(part, "serial:" + wire.path(), wire);
    }
  }

  private static void demand(Part part, String connection, Cable cable) throws Exception {
    new Unplugging(
            () -> {
              part.endless().run();
              return LocalDevice.open(part.driver(), connection, part.options());
            },
            cable)
        .demand(part.times(), part.operation(), part.middle(), part.ready());
  }
}
