package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PseudoTerminals;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PseudoTerminals
class SerialTransportTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void aPortThatIsNotThereIsNotConnected() {
    try (LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      demand(
          ErrorCode.NOT_CONNECTED,
          "no such port",
          () -> wires.open(connection(folder.resolve("none")), after(SHORT)));
    }
  }

  @Test
  @RealComponent("socat")
  void bytesGoThereAndComeBack() throws DeviceException {
    try (PtyWire pty = PtyWire.serve((bytes, wire) -> wire.send(bytes), folder.resolve("port"));
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(connection(pty.path()), after(SHORT));
      byte[] back = new byte[4];
      for (int i = 0; i < 50; i++) {
        port.write(new byte[] {(byte) i, 0x0D, 0x13}, after(Duration.ofSeconds(5)));
        int count = 0;
        while (count < 3) {
          count += port.read(back, count, 4 - count, after(Duration.ofSeconds(5)));
        }
        assertThat(back).startsWith((byte) i, (byte) 0x0D, (byte) 0x13);
      }
    }
  }

  @Test
  @RealComponent("socat")
  void aQuietLineIsATimeoutAtTheDeadline() throws DeviceException {
    try (PtyWire pty = PtyWire.serve((bytes, wire) -> {}, folder.resolve("port"));
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(connection(pty.path()), after(SHORT));
      long begin = System.nanoTime();
      demand(ErrorCode.TIMEOUT, "", () -> port.read(new byte[1], 0, 1, after(SHORT)));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(SHORT, SHORT.plusSeconds(2));
    }
  }

  @Test
  @RealComponent("socat")
  void aLineThatTakesNothingIsATimeoutAtTheDeadline() throws DeviceException {
    CountDownLatch end = new CountDownLatch(1);
    try (PtyWire pty = PtyWire.serve(new Stuck(end), folder.resolve("port"));
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(connection(pty.path()), after(SHORT));
      demand(
          ErrorCode.TIMEOUT, "takes no bytes", () -> port.write(new byte[1 << 20], after(SHORT)));
      demand(ErrorCode.DISCONNECTED, "", () -> port.read(new byte[1], 0, 1, after(SHORT)));
      end.countDown();
    }
  }

  @Test
  @RealComponent("socat")
  void aHangUpIsADisconnection() throws DeviceException {
    try (PtyWire pty = PtyWire.serve((bytes, wire) -> {}, folder.resolve("port"));
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(connection(pty.path()), after(SHORT));
      pty.stop();
      Deadline ample = after(Duration.ofSeconds(10));
      demand(ErrorCode.DISCONNECTED, "gone", () -> port.read(new byte[1], 0, 1, ample));
      demand(ErrorCode.DISCONNECTED, "gone", () -> port.write(new byte[1], ample));
      demand(ErrorCode.DISCONNECTED, "gone", port::discardInput);
      pty.start();
      Transport again = wires.open(connection(pty.path()), ample);
      again.write(new byte[1], ample);
    }
  }

  @Test
  @RealComponent("socat")
  @SuppressWarnings("try") // closing early is what is tested
  void closingFromAnotherThreadEndsARead() throws Exception {
    try (PtyWire pty = PtyWire.serve((bytes, wire) -> {}, folder.resolve("port"));
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(connection(pty.path()), after(SHORT));
      CompletableFuture<ErrorCode> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  port.read(new byte[1], 0, 1, after(Duration.ofSeconds(30)));
                  return ErrorCode.INTERNAL;
                } catch (DeviceException e) {
                  return e.code();
                }
              });
      wires.close();
      assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
      port.close();
      demand(ErrorCode.DISCONNECTED, "", () -> wires.open(connection(pty.path()), after(SHORT)));
    }
  }

  /** Takes what comes first and then nothing until it is told to end. */
  private record Stuck(CountDownLatch end) implements WireDevice {
    @Override
    public void received(byte[] bytes, Wire wire) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Connection connection(Path port) {
    return Connection.parse("serial:" + port);
  }

  private static Deadline after(Duration time) {
    return Deadline.after(time);
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }
}
