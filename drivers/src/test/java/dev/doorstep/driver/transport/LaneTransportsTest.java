package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTransportsTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private final LaneTransports wires = new LaneTransports(ScreenSource.NONE);

  @AfterEach
  void close() {
    wires.close();
  }

  @Test
  void aWriteThatNobodyTakesEndsAtTheDeadline() throws IOException, DeviceException {
    try (ServerSocket server = listen()) {
      Transport wire = wires.open(connection(server), Deadline.after(AMPLE));
      long begin = System.nanoTime();
      demand(ErrorCode.TIMEOUT, () -> wire.write(new byte[64 << 20], Deadline.after(SHORT)));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AMPLE);
      // What is sent next would be taken for the rest of it.
      demand(ErrorCode.DISCONNECTED, () -> wire.write(new byte[1], Deadline.after(AMPLE)));
    }
  }

  @Test
  void anInterruptedThreadDoesNotWait() throws IOException, DeviceException {
    try (ServerSocket server = listen()) {
      Transport wire = wires.open(connection(server), Deadline.after(AMPLE));
      Thread.currentThread().interrupt();
      try {
        demand(ErrorCode.DISCONNECTED, () -> wire.read(new byte[1], 0, 1, Deadline.after(AMPLE)));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void aReadEndsAtTheDeadlineEvenIfBytesAreThere() throws IOException, DeviceException {
    try (ServerSocket server = listen()) {
      Transport wire = wires.open(connection(server), Deadline.after(AMPLE));
      try (Socket device = server.accept()) {
        demand(ErrorCode.TIMEOUT, () -> wire.read(new byte[1], 0, 1, Deadline.after(SHORT)));
        device.getOutputStream().write(new byte[] {1, 2, 3});
        byte[] bytes = new byte[8];
        assertThat(wire.read(bytes, 2, 2, Deadline.after(AMPLE))).isBetween(1, 2);
        assertThat(bytes).startsWith(0, 0, 1);
        demand(ErrorCode.TIMEOUT, () -> wire.read(bytes, 0, 1, Deadline.after(Duration.ZERO)));
      }
    }
  }

  @Test
  void whatWasNotReadIsThrownAway() throws IOException, DeviceException {
    try (ServerSocket server = listen()) {
      Transport wire = wires.open(connection(server), Deadline.after(AMPLE));
      try (Socket device = server.accept()) {
        device.getOutputStream().write(new byte[10_000]);
        wire.read(new byte[1], 0, 1, Deadline.after(AMPLE));
        wire.discardInput();
        demand(ErrorCode.TIMEOUT, () -> wire.read(new byte[1], 0, 1, Deadline.after(SHORT)));
      }
      demand(ErrorCode.DISCONNECTED, () -> wire.read(new byte[1], 0, 1, Deadline.after(AMPLE)));
      demand(ErrorCode.DISCONNECTED, wire::discardInput);
    }
  }

  @Test
  void closingEndsAReadAndAWrite() throws Exception {
    try (ServerSocket server = listen()) {
      Transport reading = wires.open(connection(server), Deadline.after(AMPLE));
      Transport writing = wires.open(connection(server), Deadline.after(AMPLE));
      CompletableFuture<ErrorCode> read =
          code(() -> reading.read(new byte[1], 0, 1, Deadline.after(AMPLE)));
      CompletableFuture<ErrorCode> write =
          code(() -> writing.write(new byte[64 << 20], Deadline.after(AMPLE)));
      wires.close();
      assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
      assertThat(write.get(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
    }
  }

  @Test
  void whatIsClosedOpensNothingMore() throws IOException {
    try (ServerSocket server = listen()) {
      wires.close();
      demand(ErrorCode.DISCONNECTED, () -> wires.open(connection(server), Deadline.after(AMPLE)));
    }
  }

  @Test
  void whatCannotBeReachedIsNotConnected() throws IOException {
    ServerSocket server = listen();
    Connection gone = connection(server);
    server.close();
    demand(ErrorCode.NOT_CONNECTED, () -> wires.open(gone, Deadline.after(AMPLE)));
    demand(
        ErrorCode.NOT_CONNECTED,
        () -> wires.open(Connection.parse("tcp:nowhere.invalid:1"), Deadline.after(AMPLE)));
  }

  @Test
  void otherConnectionsAreUnsupported() {
    demand(
        ErrorCode.UNSUPPORTED,
        () -> wires.open(Connection.parse("screen:pad"), Deadline.after(AMPLE)));
    demand(ErrorCode.UNSUPPORTED, () -> wires.screen(Connection.parse("tcp:127.0.0.1:1")));
    demand(ErrorCode.UNSUPPORTED, () -> wires.screen(Connection.parse("screen:pad")));
  }

  @Test
  void screensAreClosedWithTheOthers() throws DeviceException {
    PlainScreen screen = new PlainScreen();
    try (LaneTransports lane =
        new LaneTransports(name -> name.equals("pad") ? Optional.of(screen) : Optional.empty())) {
      assertThat(lane.screen(Connection.parse("screen:pad"))).isSameAs(screen);
      assertThat(screen.closed).isFalse();
    }
    assertThat(screen.closed).isTrue();
  }

  private static final class PlainScreen implements Screen {
    private boolean closed;

    @Override
    public boolean shown() {
      return true;
    }

    @Override
    public void show(ScreenView view) {}

    @Override
    public void tell(String json) {}

    @Override
    public Optional<String> receive(Deadline deadline) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private interface Action {
    void run() throws DeviceException;
  }

  private static CompletableFuture<ErrorCode> code(Action action) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            action.run();
            return ErrorCode.INTERNAL;
          } catch (DeviceException e) {
            return e.code();
          }
        });
  }

  private static void demand(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
  }

  private static Connection connection(ServerSocket server) {
    return Connection.parse("tcp:127.0.0.1:" + server.getLocalPort());
  }
}
