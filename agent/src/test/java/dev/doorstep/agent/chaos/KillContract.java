package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.chaos.TicketDesk.Sent;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.State;
import dev.doorstep.simulator.device.TcpWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent is killed at any moment of a stream of prints, with repeats by the center and a broker
 * that redelivers: no ticket comes twice, each command has one end, and none is without.
 */
abstract class KillContract {
  private static final List<Moment> MOMENTS = List.of(Moment.values());

  private static final Logger log = LoggerFactory.getLogger(KillContract.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** Where the broker is. */
  abstract String broker();

  /** How often the agent is killed. */
  abstract int kills();

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void noTicketComesTwiceAndEachCommandHasOneEnd() throws Exception {
    long seed = Long.getLong("doorstep.seed", 20L);
    try {
      run(new Random(seed));
    } catch (AssertionError | ConditionTimeoutException e) {
      throw new AssertionError("with -Ddoorstep.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private void run(Random random) throws Exception {
    PacedPrinter printer = new PacedPrinter(Duration.ofMillis(100));
    try (TcpWire wire = TcpWire.serve(printer, 0);
        TicketDesk desk = new TicketDesk(broker());
        KilledAgent agent = start(wire)) {
      String session = online(desk, "");
      int repeats;
      try (Feeder feeder = new Feeder(desk, random.nextLong())) {
        for (int i = 0; i < kills(); i++) {
          Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
          if (i > 0 && moment != Moment.STARTING) {
            session = online(desk, session);
          }
          moment.await(desk, printer, random);
          agent.kill();
          if (random.nextBoolean()) {
            printer.losePower(); // else what the point had sent is printed yet
          }
          agent.start();
        }
        repeats = feeder.repeats();
      }
      for (Sent one : desk.sent()) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.end()).isNotEmpty());
      }
      for (Sent one : desk.sent()) {
        int before = one.ends().size();
        desk.send(one);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> one.ends().size() > before);
      }
      Accounts accounts = new Accounts(desk, printer, agent.kills());
      log.warn("{}; {} repeats while it ran", accounts, repeats);
      accounts.balance();
      assertThat(desk.unreadable()).isEmpty();
      assertThat(desk.sent()).anyMatch(one -> one.is(State.SUCCEEDED));
      online(desk, session);
    }
  }

  private KilledAgent start(TcpWire wire) throws Exception {
    Path configuration =
        RunningPoint.write(
            folder,
            broker(),
            "- {id: tickets, driver: esc-pos, connection: \"tcp:127.0.0.1:%d\"}"
                .formatted(wire.port()));
    return new KilledAgent(configuration, folder.resolve("agent.log"));
  }

  /** Waits until the point is online in another session than before. */
  private static String online(TicketDesk desk, String before) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                desk.status()
                    .filter(status -> status.state().is(PointStatus.State.ONLINE))
                    .filter(status -> !status.session().equals(before))
                    .isPresent());
    return desk.status().orElseThrow().session();
  }
}
