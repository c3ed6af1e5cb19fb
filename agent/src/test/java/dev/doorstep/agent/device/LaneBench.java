package dev.doorstep.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.device.ScriptedDriver.Act;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A lane of a scripted device whose watchdog is quick, and all that it tells. */
final class LaneBench implements AutoCloseable {
  static final Duration AMPLE = Duration.ofSeconds(20);

  /** Everything within tenths of a second. */
  static final Timing QUICK =
      new Timing(
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(10),
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          Duration.ofMillis(300),
          Duration.ofMillis(10),
          Duration.ofMillis(40),
          System::nanoTime);

  final ScriptedDriver driver = new ScriptedDriver();
  final List<String> wrongs = new CopyOnWriteArrayList<>();
  final List<DeviceStatus> told = new CopyOnWriteArrayList<>();
  final List<Subject> happened = new CopyOnWriteArrayList<>();
  final Watchdog watchdog = new Watchdog(QUICK.watch());
  final DeviceLane lane =
      new DeviceLane(
          new DeviceSettings("scripted", Connection.parse("screen:wire"), Map.of()),
          driver,
          surroundings(),
          watchdog,
          QUICK);

  /** The last wire that the lane handed out. */
  volatile Wire wire = new Wire();

  Surroundings surroundings() {
    return new Surroundings(
        "session",
        Locale.ENGLISH,
        Clock.systemUTC(),
        name -> {
          wire = new Wire();
          return Optional.of(wire);
        },
        new Told());
  }

  LaneBench start() {
    lane.start();
    return this;
  }

  void await(State state) {
    Awaitility.await().atMost(AMPLE).until(() -> lane.status().state().is(state));
  }

  /** Waits until this was told as the device's cause. */
  void awaitCause(ErrorCode code) {
    Awaitility.await()
        .atMost(AMPLE)
        .until(
            () -> told.stream().anyMatch(s -> s.cause().map(c -> c.code().is(code)).orElse(false)));
  }

  Ticket submit(String word) {
    return submit(word, AMPLE, AMPLE);
  }

  Ticket submit(String word, Duration expiry, Duration timeout) {
    Ticket ticket = new Ticket(word, expiry, timeout);
    assertThat(lane.submit(ticket.job)).isPresent();
    return ticket;
  }

  @Override
  public void close() {
    lane.close();
    watchdog.close();
    assertThat(wrongs).isEmpty();
  }

  /** A job, and what its listener hears. */
  final class Ticket implements Job.Listener {
    final Job job;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    final List<byte[]> pictures = new CopyOnWriteArrayList<>();
    volatile Acting acting = () -> {};

    Ticket(String word, Duration expiry, Duration timeout) {
      this.job =
          new Job(
              Command.of("id", new Act(word), timeout),
              Deadline.after(expiry),
              System.nanoTime(),
              new HeldDocuments(),
              this);
    }

    Outcome end() throws Exception {
      return outcome.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
    }

    String code() throws Exception {
      return end().error().orElseThrow().code().text();
    }

    @Override
    public void running(String note) {
      notes.add(note);
      if (outcome.isDone()) {
        wrongs.add("running after the end");
      }
    }

    @Override
    public void preview(byte[] jpeg) {
      pictures.add(jpeg);
      if (outcome.isDone()) {
        wrongs.add("a picture after the end");
      }
    }

    @Override
    public void acting() throws DeviceException {
      acting.run();
    }

    @Override
    public void ended(Outcome how, Reply.Times times) {
      if (!outcome.complete(how)) {
        wrongs.add("ended twice, then " + how);
      }
    }
  }

  /** What the listener does before the device acts. */
  interface Acting {
    void run() throws DeviceException;
  }

  /** A wire of which a test sees when it is cut. */
  static final class Wire implements Screen {
    final CountDownLatch cut = new CountDownLatch(1);

    /** Waits as a driver does that hears nothing until its wire is cut. */
    void awaitCut() throws DeviceException {
      try {
        assertThat(cut.await(AMPLE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      throw new DeviceException(ErrorCode.DISCONNECTED, "the wire was cut");
    }

    @Override
    public boolean shown() {
      return cut.getCount() > 0;
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
      cut.countDown();
    }
  }

  private final class Told implements DeviceWatcher {
    @Override
    public void changed(String device, DeviceStatus status) {
      told.add(status);
    }

    @Override
    public void happened(String device, String event, Subject subject, Object data) {
      happened.add(subject);
    }
  }
}
