package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.FaultyNetwork;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines between point, broker and center break, stall and drag at any moment of a stream of
 * prints, and the broker crashes: every call has its result, once, and no ticket comes twice.
 */
abstract class LineContract {
  private static final List<Trouble> TROUBLES = List.of(Trouble.values());

  private static final Logger log = LoggerFactory.getLogger(LineContract.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LONGEST_TROUBLE_MILLIS = 400;

  @TempDir private Path folder;

  /** The broker's port. */
  abstract int port();

  /** How often a line is in trouble. */
  abstract int troubles();

  /** How often the broker crashes. */
  abstract int crashes();

  /** Crashes the broker, and has it back. */
  void crash() {
    throw new UnsupportedOperationException("this broker forgets everything");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void everyCallHasItsResultOnceAndNoTicketComesTwice() throws Exception {
    long seed = Long.getLong("doorstep.seed", 20L);
    try {
      run(new Random(seed));
    } catch (AssertionError | ConditionTimeoutException e) {
      throw new AssertionError("with -Ddoorstep.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private void run(Random random) throws Exception {
    PacedPrinter printer = new PacedPrinter(Duration.ofMillis(20));
    Hall hall;
    try (FaultyNetwork points = FaultyNetwork.to(port());
        FaultyNetwork centers = FaultyNetwork.to(port());
        TcpWire wire = TcpWire.serve(printer, 0);
        Agent agent =
            RunningPoint.start(
                folder,
                points.url(),
                "- {id: tickets, driver: esc-pos, connection: \"tcp:127.0.0.1:%d\"}"
                    .formatted(wire.port()));
        Center center =
            Center.connect(
                URI.create(centers.url()),
                "hall",
                CenterOptions.standard()
                    .withGrace(Duration.ofSeconds(1))
                    .withLocale(Locale.ENGLISH))) {
      await().atMost(PATIENCE).until(agent::isOnline);
      hall = new Hall(center);
      hall.open();
      for (int trouble : schedule(random)) {
        int before = hall.answered();
        if (trouble < 0) {
          crash();
        } else {
          trouble(TROUBLES.get(trouble), random.nextBoolean() ? points : centers, random);
        }
        await()
            .alias("calls go on after " + (trouble < 0 ? "a crash" : TROUBLES.get(trouble)))
            .atMost(PATIENCE)
            .until(() -> hall.answered() > before + 2);
      }
      hall.close();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(hall.underway()).isEmpty());
    }
    List<String> paper = printer.paper();
    log.warn(
        "{} troubles, {} crashes; {} calls: {} results, {} called again, {} failed",
        troubles(),
        crashes(),
        hall.all().size(),
        hall.answered(),
        hall.again(),
        hall.failures().size());
    assertThat(hall.failures()).isEmpty();
    for (String id : hall.all()) {
      assertThat(hall.results()).as("results of " + id).containsEntry(id, 1);
      assertThat(Collections.frequency(paper, id + " first")).as("first line of " + id).isOne();
      assertThat(Collections.frequency(paper, id + " last")).as("last line of " + id).isOne();
    }
  }

  /** The numbers of troubles, and -1 for each crash. */
  private List<Integer> schedule(Random random) {
    List<Integer> schedule = new ArrayList<>(Collections.nCopies(crashes(), -1));
    for (int i = 0; i < troubles(); i++) {
      schedule.add(i % TROUBLES.size());
    }
    Collections.shuffle(schedule, random);
    return schedule;
  }

  private static void trouble(Trouble trouble, FaultyNetwork line, Random random) {
    trouble.begin(line, random);
    // How long it lasts; nothing is waited for.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_TROUBLE_MILLIS)));
    trouble.end(line);
  }
}
