package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.util.Optional;

/** Keeps a device busy without harm: has its reader wait for a card until it is let go. */
final class Blocker {
  private final Trial trial;
  private final Exchange read;

  private Blocker(Trial trial, Exchange read) {
    this.trial = trial;
    this.read = read;
  }

  /** Begins; empty, and told of in the ledger, if no device waits. */
  static Optional<Blocker> on(Trial trial, Rule... rules) throws IOException {
    Optional<String> device = trial.subject().offering("id-card.read");
    if (device.isEmpty()) {
      trial.ledger().skip(Reason.NO_SLOW_DEVICE, rules);
      return Optional.empty();
    }
    Exchange read =
        trial
            .first()
            .send(
                Draft.of(device.get(), "id-card.read")
                    .parameters("{'wait':'PT60S'}")
                    .text("timeout", "PT90S")
                    .updates());
    Blocker blocker = new Blocker(trial, read);
    if (trial.reached(read, State.RUNNING) && read.last().isEmpty()) {
      return Optional.of(blocker);
    }
    if (read.last().isEmpty()) {
      blocker.cancel(); // it may run although it does not say so
    }
    trial.ledger().skip(Reason.NOTHING_WAITED, rules);
    return Optional.empty();
  }

  String device() {
    return read.draft().device();
  }

  /** The command that keeps the device busy. */
  Exchange read() {
    return read;
  }

  /** Whether it still does. */
  boolean holds() {
    return read.last().isEmpty();
  }

  /** Lets the device go; the command that asked for it. */
  Exchange cancel() throws IOException {
    return trial.call(
        Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'" + read.draft().id() + "'}"));
  }
}
