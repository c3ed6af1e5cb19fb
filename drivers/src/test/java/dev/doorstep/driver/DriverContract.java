package dev.doorstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.doorstep.driver.FaultyLine.Fault;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.device.HeldPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every driver owes to the lane that runs it, shown over a real TCP line to a simulated
 * device. A driver's test extends this, names the driver, starts the device and gives a sample of
 * each operation.
 */
public abstract class DriverContract {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(80);
  private static final Duration SLACK = Duration.ofSeconds(8);

  private final Driver driver;
  private final String connection;

  /**
   * The contract of a driver.
   *
   * @param driver the driver
   * @param connection how a device's configuration names its connection, with {@code %d} in place
   *     of a port on loopback
   */
  protected DriverContract(Driver driver, String connection) {
    this.driver = driver;
    this.connection = connection;
  }

  /** Starts a device of its own for a trial; many run at the same time. */
  protected abstract SimulatedDevice start();

  /** A sample of each operation; the first one is tried most. */
  protected abstract List<Sample<?, ?>> samples();

  /** The driver's own keys in the configuration. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /**
   * How many trials go on at a time: more where each waits for a clock, fewer where it needs a
   * processor.
   */
  protected int trialsAtOnce() {
    return 32;
  }

  /** What may come before an answer without harm, in hex; none if the protocol cannot tell. */
  protected Optional<String> harmlessNoise() {
    return Optional.empty();
  }

  /**
   * How an answer that stops is told: a stall, unless the device is silent while nobody comes, and
   * that has a code of its own.
   */
  protected Set<ErrorCode> silences() {
    return Set.of(ErrorCode.TIMEOUT);
  }

  /** An operation that waits for a person, with a device to which none has come yet. */
  protected Optional<Sample<?, ?>> waiting() {
    return Optional.empty();
  }

  @Test
  void isRegisteredAndSaysWhatItIsFor() {
    DriverInfo info = driver.info();
    assertThat(info.name()).matches("[a-z0-9-]{1,64}");
    assertThat(info.kind()).matches("[a-z0-9-]{1,64}");
    assertThat(info.schemes()).contains(connection.substring(0, connection.indexOf(':')));
    assertThat(info.options()).containsAll(options().keySet());
    assertThat(ServiceLoader.load(Driver.class))
        .filteredOn(registered -> registered.info().name().equals(info.name()))
        .hasExactlyElementsOfTypes(driver.getClass());
  }

  @Test
  void carriesOutEveryOperationThatItOffersAndSaysWhenItActs() throws Exception {
    for (Sample<?, ?> sample : samples()) {
      try (Bench bench = bench(Fault.NONE)) {
        TestCall call = new TestCall(AMPLE);
        try (Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE)) {
          assertThat(device.operations().all().stream().map(entry -> entry.type().name()))
              .containsExactlyInAnyOrderElementsOf(
                  samples().stream().map(s -> s.parameters().type().name()).distinct().toList());
          sample.carryOut(device, call);
          assertThat(call.acts()).isEqualTo(sample.effect(device) == Effect.PHYSICAL ? 1 : 0);
        }
      }
    }
  }

  @Test
  void takesItsAnswersInPiecesOfEverySize() throws Exception {
    for (Sample<?, ?> sample : samples()) {
      int length = length(sample);
      Trials.each(
          trialsAtOnce(),
          () -> bench(Fault.NONE),
          sample.clocked() ? Trials.fewSizes(length) : Trials.sizes(length),
          (bench, size) -> bench.arm(Fault.NONE).run(driver, sample, size, AMPLE));
    }
  }

  @Test
  void anAnswerThatStopsIsATimeoutAtEachOfItsBytes() throws Exception {
    demandFailureAtEachByte(Fault::silentAfter, silences(), SHORT);
  }

  @Test
  void aLineThatClosesIsADisconnectionAtEachByteOfTheAnswer() throws Exception {
    demandFailureAtEachByte(Fault::hangsUpAfter, Set.of(ErrorCode.DISCONNECTED), AMPLE);
  }

  @Test
  void noiseBeforeAnAnswerDoesNoHarmOrIsTold() throws Exception {
    String noise = harmlessNoise().orElse("00 ff 5a");
    Sample<?, ?> sample = samples().get(0);
    try (Bench bench = bench(Fault.noise(noise))) {
      if (harmlessNoise().isPresent()) {
        bench.run(driver, sample, Integer.MAX_VALUE, AMPLE);
      } else {
        try {
          bench.run(driver, sample, Integer.MAX_VALUE, SHORT);
        } catch (DeviceException e) {
          assertThat(e.code()).isIn(ErrorCode.GARBLED, ErrorCode.TIMEOUT);
        }
      }
      demandRecovery(bench, sample);
    }
  }

  @Test
  void aDeviceThatIsNotThereIsNotConnected() throws Exception {
    try (HeldPort held = HeldPort.take(0);
        Bench bench = new Bench(nothingAt(held.port()), unused(held.port()), options())) {
      assertThatThrownBy(() -> bench.open(driver, Integer.MAX_VALUE, AMPLE))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
    }
  }

  @Test
  void aWatchdogThatClosesTheWiresEndsWhatWaits() throws Exception {
    ExecutorService lane = Executors.newSingleThreadExecutor(Trials::thread);
    try (Bench bench = bench(Fault.silentAfter(0))) {
      Future<ErrorCode> opening =
          lane.submit(
              () -> {
                try {
                  bench.open(driver, Integer.MAX_VALUE, AMPLE).close();
                  return ErrorCode.INTERNAL; // it cannot have been opened
                } catch (DeviceException e) {
                  return e.code();
                }
              });
      assertThatThrownBy(() -> opening.get(SHORT.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      bench.closeWires();
      assertThat(opening.get(SLACK.toMillis(), TimeUnit.MILLISECONDS))
          .isEqualTo(ErrorCode.DISCONNECTED);
    } finally {
      lane.shutdownNow();
    }
  }

  @Test
  void cancelledBeforeItActsItLeavesTheDeviceUsable() throws Exception {
    for (Sample<?, ?> sample : samples()) {
      try (Bench bench = bench(Fault.NONE);
          Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE)) {
        TestCall before = new TestCall(AMPLE);
        before.cancel();
        CancelDemands.demandNothingDone(device, sample, before);
        CancelDemands.demandUsable(bench, device, sample);
        TestCall atLast = new TestCall(AMPLE).cancelledWhenActing();
        CancelDemands.demandNothingDone(device, sample, atLast);
        assertThat(atLast.asks()).isEqualTo(sample.effect(device) == Effect.PHYSICAL ? 1 : 0);
        CancelDemands.demandUsable(bench, device, sample);
      }
    }
  }

  /** For drivers that have an operation that waits for a person; there are no such tests else. */
  @TestFactory
  Stream<DynamicTest> aWaitForAPersonIsToldAndEnds() {
    return waiting().stream()
        .flatMap(
            sample ->
                Stream.of(
                    dynamicTest(
                        "whenItIsCancelled",
                        () ->
                            demandEndOfWait(
                                sample,
                                (bench, call) -> call.cancel(),
                                (bench, device) ->
                                    CancelDemands.demandUsable(bench, device, sample))),
                    dynamicTest(
                        "whenTheWiresAreClosed",
                        () ->
                            demandEndOfWait(
                                sample,
                                (bench, call) -> bench.closeWires(),
                                (bench, device) -> {}))));
  }

  private void demandEndOfWait(
      Sample<?, ?> sample, BiConsumer<Bench, TestCall> end, Afterwards afterwards)
      throws Exception {
    ExecutorService lane = Executors.newSingleThreadExecutor(Trials::thread);
    try (Bench bench = new Bench(start(), connection, options());
        Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE)) {
      TestCall call = new TestCall(AMPLE);
      Future<Boolean> failed =
          lane.submit(
              () -> {
                try {
                  sample.carryOut(device, call);
                  return false;
                } catch (DeviceException e) {
                  return true;
                }
              });
      await().until(() -> !call.notes().isEmpty());
      end.accept(bench, call);
      assertThat(failed.get(SLACK.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      afterwards.demand(bench, device);
    } finally {
      lane.shutdownNow();
    }
  }

  @Test
  void probeAndIdleReturnByTheirDeadlineAndCloseMayComeTwice() throws Exception {
    int opened = bytesToOpen();
    try (Bench bench = bench(Fault.silentAfter(opened))) {
      Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE);
      Deadline end = Deadline.after(SHORT.multipliedBy(2).plus(SLACK));
      demandEnd(() -> device.probe(Deadline.after(SHORT)));
      demandEnd(() -> device.idle(Deadline.after(SHORT)));
      assertThat(end.expired()).isFalse();
      assertThatCode(device::close).doesNotThrowAnyException();
      assertThatCode(device::close).doesNotThrowAnyException();
    }
    try (Bench bench = bench(Fault.NONE);
        Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE)) {
      assertThat(device.probe(Deadline.after(AMPLE)).cause()).isEmpty();
      device.idle(Deadline.after(AMPLE));
      samples().get(0).carryOut(device, new TestCall(AMPLE));
    }
  }

  private void demandFailureAtEachByte(
      IntFunction<Fault> fault, Set<ErrorCode> expected, Duration time) throws Exception {
    for (Sample<?, ?> sample : samples()) {
      int length = length(sample);
      Trials.each(
          trialsAtOnce(),
          () -> bench(Fault.NONE),
          Trials.offsets(length - sample.farewell()),
          (bench, offset) -> {
            demandFailure(bench, fault.apply(offset), sample, expected, time);
            if (offset % 16 == 0) {
              demandRecovery(bench, sample.clocked() ? samples().get(0) : sample);
            }
          });
    }
  }

  private void demandFailure(
      Bench bench, Fault fault, Sample<?, ?> sample, Set<ErrorCode> expected, Duration time) {
    long begin = System.nanoTime();
    Optional<DeviceException> failure = failure(bench.arm(fault), sample, time);
    assertThat(System.nanoTime() - begin)
        .as("time with %s", fault)
        .isLessThan(time.multipliedBy(2).plus(SLACK).toNanos());
    if (failure.map(DeviceException::code).equals(Optional.of(ErrorCode.NOT_CONNECTED))
        && time.compareTo(AMPLE) < 0) {
      // On a busy machine connecting alone may take a short time: once more with a longer one.
      demandFailure(bench, fault, sample, expected, time.multipliedBy(5));
      return;
    }
    if (failure.isEmpty() && sample.early()) {
      return; // its result was checked
    }
    assertThat(failure).as("%s", fault).isPresent();
    assertThat(failure.orElseThrow().code()).as("%s", fault).isIn(expected);
    for (String secret : sample.secrets()) {
      assertThat(everythingIn(failure.orElseThrow())).doesNotContain(secret);
    }
  }

  private Optional<DeviceException> failure(Bench bench, Sample<?, ?> sample, Duration time) {
    try {
      bench.run(driver, sample, Integer.MAX_VALUE, time);
      return Optional.empty();
    } catch (DeviceException e) {
      return Optional.of(e);
    }
  }

  private void demandRecovery(Bench bench, Sample<?, ?> sample) throws DeviceException {
    bench.arm(Fault.NONE);
    bench.run(driver, sample, Integer.MAX_VALUE, AMPLE);
  }

  private static void demandEnd(DeviceCall call) {
    try {
      call.run();
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
    }
  }

  private Bench bench(Fault fault) {
    return new Bench(start(), connection, options()).arm(fault);
  }

  private int length(Sample<?, ?> sample) throws Exception {
    try (Bench bench = bench(Fault.NONE)) {
      bench.run(driver, sample, Integer.MAX_VALUE, AMPLE);
      return bench.passed();
    }
  }

  private int bytesToOpen() throws Exception {
    try (Bench bench = bench(Fault.NONE);
        Device device = bench.open(driver, Integer.MAX_VALUE, AMPLE)) {
      assertThat(device.operations().all()).isNotEmpty();
      return bench.passed();
    }
  }

  private static String everythingIn(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text.append(t).append('\n');
    }
    return text.toString();
  }

  private static SimulatedDevice nothingAt(int port) {
    return SimulatedDevice.of(() -> port, () -> {}, () -> {});
  }

  /** The connection to a port that nobody serves; without a place for the line's own. */
  private String unused(int port) {
    return connection.replace("%d", Integer.toString(port));
  }

  private interface Afterwards {
    void demand(Bench bench, Device device) throws DeviceException;
  }

  private interface DeviceCall {
    void run() throws DeviceException;
  }
}
