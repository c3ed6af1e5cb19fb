package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long a command may run. */
final class ExpiryCheck implements Check {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R35, Rule.R36);
  }

  @Override
  public void run(Trial trial) throws IOException {
    for (String timeout : List.of("PT0S", "-PT1S", "PT15M0.001S")) {
      Draft draft = Draft.of(trial.subject().any().orElse(Subject.AGENT), Trial.STATUS);
      trial.expect(Rule.R36, trial.call(draft.text("timeout", timeout)), State.REJECTED);
    }
    Optional<String> reader = trial.subject().offering("id-card.read");
    if (reader.isEmpty()) {
      trial.ledger().skip(Reason.NO_SLOW_DEVICE, Rule.R35);
      return;
    }
    long sent = System.nanoTime();
    Exchange read =
        trial
            .first()
            .send(
                Draft.of(reader.get(), "id-card.read")
                    .parameters("{'wait':'PT30S'}")
                    .text("timeout", TIMEOUT.toString()));
    boolean ended =
        trial
            .first()
            .await(TIMEOUT.plus(AFTER_TIMEOUT).plus(ON_THE_WAY), () -> read.last().isPresent());
    if (ended && System.nanoTime() - sent < TIMEOUT.toNanos() / 2) {
      trial.ledger().skip(Reason.NOTHING_WAITED, Rule.R35);
    } else {
      trial.ledger().note(Rule.R35, ended, "an end after PT11S at the latest", read.story());
    }
  }
}
