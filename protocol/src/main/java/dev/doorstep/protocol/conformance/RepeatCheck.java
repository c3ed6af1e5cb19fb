package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.State;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The same id again, after the command has ended. */
final class RepeatCheck implements Check {
  private static final String DOCUMENT =
      "'blob':{'id':'none','size':60000,'sha256':'" + "0".repeat(64) + "','pieces':1}";
  private static final String TYPE = "'contentType':'text/plain'";

  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R20, Rule.R21, Rule.R23, Rule.R24, Rule.R25, Rule.R26, Rule.R27);
  }

  @Override
  public void run(Trial trial) throws IOException {
    order(trial);
    Optional<String> device = trial.subject().any();
    if (device.isEmpty()) {
      trial.ledger().skip(Reason.NO_DEVICE, rules().toArray(Rule[]::new));
      return;
    }
    Draft draft = Draft.of(device.get(), Trial.STATUS).text("case", "again");
    Exchange once = trial.call(draft);
    Exchange twice = repeat(trial, once, draft.again());
    same(trial, Rule.R20, once, twice);
    conflicts(trial, device.get(), once);
    same(trial, Rule.R24, once, repeat(trial, once, draft.again()));
    if (trial.secondHears()) {
      Exchange other =
          trial.call(
              trial.second(),
              Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'none'}").id(draft.id()));
      trial.expect(Rule.R26, other, State.SUCCEEDED);
    }
    Draft astray = Draft.of(Names.random(), Trial.STATUS);
    trial.call(astray);
    trial.expect(
        Rule.R27,
        trial.call(Draft.of(device.get(), Trial.STATUS).id(astray.id())),
        State.SUCCEEDED);
  }

  private static void order(Trial trial) throws IOException {
    Draft draft =
        Draft.of(Subject.AGENT, "agent.received")
            .parameters("{'document':{" + TYPE + "," + DOCUMENT + "}}");
    Exchange once = trial.call(draft);
    Draft turned = draft.again().parameters("{'document':{" + DOCUMENT + "," + TYPE + "}}");
    same(trial, Rule.R25, once, repeat(trial, once, turned.reversed()));
  }

  private static void conflicts(Trial trial, String device, Exchange once) throws IOException {
    trial.expect(
        Rule.R23,
        repeat(trial, once, Draft.of(device, "id-card.read").id(once.draft().id())),
        State.REJECTED,
        "CONFLICT");
    trial.expect(
        Rule.R23,
        repeat(trial, once, Draft.of(Subject.AGENT, Trial.STATUS).id(once.draft().id())),
        State.REJECTED,
        "CONFLICT");
  }

  private static Exchange repeat(Trial trial, Exchange first, Draft draft) throws IOException {
    Exchange again = trial.first().repeat(first, draft);
    trial.ended(trial.first(), again);
    if (again.last().isPresent()) {
      Optional<String> came = again.last().get().correlation();
      trial
          .ledger()
          .note(
              Rule.R21,
              came.equals(draft.correlation()),
              "the Correlation Data of the repeat",
              came.isEmpty() ? "none" : "that of another message");
    } else {
      trial.ledger().note(Rule.R21, false, "a reply to the repeat", again.story());
    }
    return again;
  }

  /** The times say whether it was carried out a second time. */
  private static void same(Trial trial, Rule rule, Exchange once, Exchange twice) {
    boolean same =
        once.last().isPresent()
            && once.last().get().json().equals(twice.last().map(Arrival::json).orElse(null));
    trial.ledger().note(rule, same, "the same reply as before", "another: " + twice.story());
  }
}
