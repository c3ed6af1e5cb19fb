package dev.doorstep.driver.webscreen;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.driver.transport.screen.ScreenServer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A counter with a pad: a real server, the driver's device on it, and a thread as the lane's. */
final class Counter implements AutoCloseable {
  private final ScreenServer server;
  private final Device device;
  private final ExecutorService lane = Executors.newSingleThreadExecutor(Counter::laneThread);

  private Counter(ScreenServer server) throws DeviceException {
    this.server = server;
    this.device = new WebScreenDriver().open(new PadContext(server));
  }

  /** A counter on a port; 0 for any. */
  static Counter open(int port) throws IOException, DeviceException {
    return new Counter(
        ScreenServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            List.of("pad"),
            WebScreenDriver.page()));
  }

  int port() {
    return server.port();
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + port() + "/screen/pad");
  }

  Device device() {
    return device;
  }

  boolean shown() throws DeviceException {
    return device.probe(Deadline.after(Duration.ofSeconds(1))).cause().isEmpty();
  }

  /** Asks without waiting for the answer. */
  Future<Evaluation> ask(AskEvaluation question, TestCall call) {
    return lane.submit(() -> evaluation().handler().handle(question, call));
  }

  /** Asks about nothing in particular and has plenty of time. */
  Future<Evaluation> ask() {
    return ask(question(Optional.empty(), Optional.empty(), 30_000), call());
  }

  static AskEvaluation question(Optional<String> item, Optional<String> staff, int millis) {
    return new AskEvaluation(item, staff, Duration.ofMillis(millis));
  }

  static TestCall call() {
    return new TestCall(Duration.ofSeconds(30));
  }

  /** The line of the device's table for {@code evaluation.ask}. */
  Operations.Entry<AskEvaluation, Evaluation> evaluation() {
    Operations.Entry<?, ?> entry = device.operations().find("evaluation.ask").orElseThrow();
    @SuppressWarnings("unchecked") // the line of this name has this type, by AskEvaluation.TYPE
    Operations.Entry<AskEvaluation, Evaluation> ask =
        (Operations.Entry<AskEvaluation, Evaluation>) entry;
    return ask;
  }

  /** The error code that a question ended with. */
  static ErrorCode failure(Future<Evaluation> asked) throws InterruptedException {
    try {
      throw new AssertionError("succeeded with " + asked.get());
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(DeviceException.class);
      return ((DeviceException) requireNonNull(e.getCause())).code();
    }
  }

  @Override
  public void close() {
    server.close();
    lane.shutdownNow();
    device.close();
  }

  private static Thread laneThread(Runnable work) {
    Thread thread = new Thread(work, "doorstep-test-lane");
    thread.setDaemon(true);
    return thread;
  }

  private record PadContext(ScreenServer server) implements DeviceContext, Transports {
    @Override
    public DeviceSettings settings() {
      return new DeviceSettings("pad", Connection.parse("screen:pad"), Map.of());
    }

    @Override
    public Transports transports() {
      return this;
    }

    @Override
    public EventSink events() {
      return (event, subject, data) -> {
        throw new AssertionError("a pad tells nothing by itself");
      };
    }

    @Override
    public Deadline deadline() {
      return Deadline.after(Duration.ofSeconds(5));
    }

    @Override
    public Locale locale() {
      return Locale.ENGLISH;
    }

    @Override
    public Transport open(Connection connection, Deadline deadline) throws DeviceException {
      throw new DeviceException(ErrorCode.UNSUPPORTED, "a counter with screens alone");
    }

    @Override
    public Screen screen(Connection connection) throws DeviceException {
      return server
          .screen(connection.address())
          .orElseThrow(() -> new DeviceException(ErrorCode.UNSUPPORTED, "no such screen"));
    }
  }
}
