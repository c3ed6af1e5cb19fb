package dev.doorstep.driver.webscreen;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.screen.Network;
import dev.doorstep.driver.transport.screen.ScreenServer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
    this.device =
        new WebScreenDriver()
            .open(
                TestContext.of(
                    Connection.parse("screen:pad"),
                    Map.of(),
                    new LaneTransports(server::screen),
                    Duration.ofSeconds(5)));
  }

  /** A counter on a port; 0 for any. */
  static Counter open(int port) throws IOException, DeviceException {
    return new Counter(
        ScreenServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            Optional.empty(),
            List.of("pad"),
            WebScreenDriver.page()));
  }

  /** A counter whose screens paired tablets open, too, at an address. */
  static Counter open(Network network) throws IOException, DeviceException {
    return new Counter(
        ScreenServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(network),
            List.of("pad"),
            WebScreenDriver.page()));
  }

  /** What the page shows while nothing is asked. */
  void rest(String idle) {
    server.idle(idle);
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

  /** Carries out an operation of the table, without waiting for its end. */
  <P extends Operation<R>, R> Future<R> run(P parameters, TestCall call) {
    Operations.Entry<?, ?> entry = device.operations().find(parameters.type().name()).orElseThrow();
    @SuppressWarnings("unchecked") // the line of this name has this type
    Operations.Entry<P, R> line = (Operations.Entry<P, R>) entry;
    return lane.submit(() -> line.handler().handle(parameters, call));
  }

  /** What the lane does between commands. */
  void idle() throws InterruptedException, ExecutionException {
    Future<?> done =
        lane.submit(
            () -> {
              device.idle(Deadline.after(Duration.ofSeconds(1)));
              return true;
            });
    done.get();
  }

  /** Asks without waiting for the answer, which is given without its times. */
  Future<Evaluation> ask(AskEvaluation question, TestCall call) {
    return lane.submit(() -> said(evaluation().handler().handle(question, call)));
  }

  /** What the resident said, after a look at when and where. */
  private static Evaluation said(Evaluation told) {
    assertThat(told.channel().orElseThrow().is(Evaluation.Channel.COUNTER_PAD)).isTrue();
    assertThat(told.answered().isPresent())
        .isEqualTo(!told.answer().is(Evaluation.Answer.TIMED_OUT));
    told.answered().ifPresent(end -> assertThat(end).isAfterOrEqualTo(told.asked().orElseThrow()));
    return new Evaluation(
        told.answer(),
        told.level(),
        told.reasons(),
        told.comment(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A question with reasons and a text, about everything that can be shown. */
  static AskEvaluation whole() {
    return new AskEvaluation(
        Optional.of("2026-0042"),
        Optional.of("社会保障卡补领"),
        Optional.of("3 号窗口"),
        Optional.of("李某"),
        true,
        true,
        Duration.ofSeconds(30));
  }

  /** Asks about nothing in particular and has plenty of time. */
  Future<Evaluation> ask() {
    return ask(question(Optional.empty(), Optional.empty(), 30_000), call());
  }

  static AskEvaluation question(Optional<String> item, Optional<String> staff, int millis) {
    return AskEvaluation.plain(item, staff, Duration.ofMillis(millis));
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
  static ErrorCode failure(Future<?> asked) throws InterruptedException {
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
}
