package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** One ticket, and its repeat, which is not to print a second. Moves paper. */
final class TicketCheck implements Check {
  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R20);
  }

  @Override
  public void run(Trial trial) throws IOException {
    Optional<String> printer = trial.subject().offering("ticket.print");
    if (printer.isEmpty()) {
      return;
    }
    Draft draft =
        Draft.of(printer.get(), "ticket.print")
            .parameters("{'lines':[{'text':'center conform'}]}")
            .updates();
    Exchange once = trial.call(draft);
    Exchange twice = trial.first().repeat(once, draft.again());
    trial.ended(trial.first(), twice);
    boolean same =
        once.last().isPresent()
            && once.last().get().json().equals(twice.last().map(Arrival::json).orElse(null))
            && !twice.has(State.RUNNING.toString());
    trial
        .ledger()
        .note(Rule.R20, same, "the same reply as before, and no second ticket", twice.story());
  }
}
