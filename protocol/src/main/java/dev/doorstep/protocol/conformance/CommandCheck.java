package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Plain commands, with and without what may be left out. */
final class CommandCheck implements Check {
  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R9, Rule.R10);
  }

  @Override
  public void run(Trial trial) throws IOException {
    trial.call(
        Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'none'}").text("case", "c 1"));
    trial.call(
        Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'none'}").withoutCorrelation());
    for (String name : trial.subject().names()) {
      Exchange status = trial.call(Draft.of(name, Trial.STATUS).updates().text("case", "字 2"));
      trial.expect(Rule.R10, status, State.SUCCEEDED);
    }
    Optional<String> device = trial.subject().any();
    if (device.isEmpty()) {
      trial.ledger().skip(Reason.NO_DEVICE, Rule.R6, Rule.R7, Rule.R8, Rule.R9, Rule.R10);
      return;
    }
    Exchange nulls =
        trial.call(
            Draft.of(device.get(), Trial.STATUS)
                .json("parameters", "null")
                .json("timeout", "null")
                .json("updates", "null")
                .json("case", "null"));
    trial.expect(Rule.R9, nulls, State.SUCCEEDED);
  }
}
