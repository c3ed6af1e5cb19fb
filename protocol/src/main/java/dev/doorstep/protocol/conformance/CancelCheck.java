package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Cancelling what is not there to be cancelled. */
final class CancelCheck implements Check {
  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R28, Rule.R29, Rule.R32);
  }

  @Override
  public void run(Trial trial) throws IOException {
    trial.expect(Rule.R28, trial.call(cancel(Names.random())), "answer", "NOT_FOUND");
    Optional<String> device = trial.subject().any();
    if (device.isEmpty()) {
      trial.ledger().skip(Reason.NO_DEVICE, Rule.R29);
      return;
    }
    Exchange ended = trial.call(Draft.of(device.get(), Trial.STATUS));
    trial.expect(Rule.R29, trial.call(cancel(ended.draft().id())), "answer", "TOO_LATE");
    if (trial.secondHears()) {
      trial.expect(
          Rule.R32, trial.call(trial.second(), cancel(ended.draft().id())), "answer", "NOT_FOUND");
    }
  }

  private static Draft cancel(String id) {
    return Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'" + id + "'}");
  }
}
