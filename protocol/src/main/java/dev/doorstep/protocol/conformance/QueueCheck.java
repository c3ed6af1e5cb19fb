package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of commands that wait while the device is busy. */
final class QueueCheck implements Check {
  private static final Duration PAST_EXPIRY = Duration.ofMillis(1500);
  private static final int LONGEST_QUEUE = 100;

  @Override
  public Set<Rule> rules() {
    return EnumSet.of(
        Rule.R11, Rule.R12, Rule.R22, Rule.R24, Rule.R30, Rule.R31, Rule.R32, Rule.R33, Rule.R34,
        Rule.R53);
  }

  @Override
  public void run(Trial trial) throws IOException {
    Optional<Blocker> blocker = Blocker.on(trial, rules().toArray(Rule[]::new));
    if (blocker.isPresent()) {
      Blocker busy = blocker.get();
      try {
        behind(trial, busy);
      } finally {
        if (busy.holds()) {
          busy.cancel();
        }
      }
    }
  }

  private void behind(Trial trial, Blocker busy) throws IOException {
    Station station = trial.first();
    Exchange first = waiting(trial, busy);
    trial.reached(first, State.ACCEPTED);
    Exchange describe = trial.call(Draft.of(Subject.AGENT, "agent.describe"));
    boolean beside = describe.last().isPresent() && first.last().isEmpty();
    Exchange joined = station.repeat(first, first.draft().again());
    Exchange conflict =
        trial.call(
            Draft.of(busy.device(), "id-card.read")
                .parameters("{'wait':'PT0S'}")
                .id(first.draft().id()));
    Optional<Exchange> foreign = foreign(trial, first);
    Exchange late = station.send(Draft.of(busy.device(), Trial.STATUS).updates().expiry(1));
    long sent = System.nanoTime();
    Exchange doomed = waiting(trial, busy);
    Exchange cancel = trial.call(cancelling(doomed));
    Exchange second = waiting(trial, busy);
    Exchange third = waiting(trial, busy);
    trial.reached(third, State.ACCEPTED);
    List<Exchange> more = overflow(trial, busy);
    station.await(PAST_EXPIRY.minusNanos(System.nanoTime() - sent), () -> late.last().isPresent());
    Duration passed = Duration.ofNanos(System.nanoTime() - sent);
    station.await(PAST_EXPIRY.minus(passed), () -> false); // the expiry itself has to pass
    if (!busy.holds()) {
      trial.ledger().skip(Reason.NOTHING_WAITED, rules().toArray(Rule[]::new));
      return;
    }
    trial.ledger().note(Rule.R12, beside, "an answer while the device is busy", describe.story());
    foreign.ifPresent(it -> trial.expect(Rule.R32, it, "answer", "NOT_FOUND"));
    trial.expect(Rule.R24, conflict, State.REJECTED, "CONFLICT");
    trial.expect(Rule.R30, cancel, "answer", "CANCELLED");
    trial.expect(Rule.R30, doomed, State.CANCELLED);
    after(trial, doomed, cancel);

    Exchange release = busy.cancel();
    after(trial, busy.read(), release);
    for (Exchange exchange : more) {
      trial.ended(station, exchange);
    }
    trial.ended(station, third);
    trial.ended(station, late);
    trial.expect(Rule.R34, late, State.EXPIRED, "EXPIRED");
    trial.ledger().note(Rule.R34, !late.has(State.RUNNING.toString()), "no running", late.story());
    trial.expect(Rule.R22, joined, State.SUCCEEDED);
    trial
        .ledger()
        .note(
            Rule.R22,
            first.last().isEmpty(),
            "one final reply, to the repeat",
            "one to the first as well");
    trial.expect(Rule.R24, joined, State.SUCCEEDED);
    foreign.ifPresent(it -> trial.expect(Rule.R32, joined, State.SUCCEEDED));
    trial.expect(Rule.R33, second, State.SUCCEEDED);
    order(trial, joined, second, third);
  }

  private static Exchange waiting(Trial trial, Blocker busy) throws IOException {
    return trial.first().send(Draft.of(busy.device(), Trial.STATUS).updates());
  }

  /** Another client that wants it cancelled. */
  private static Optional<Exchange> foreign(Trial trial, Exchange target) throws IOException {
    return trial.secondHears()
        ? Optional.of(trial.call(trial.second(), cancelling(target)))
        : Optional.empty();
  }

  private static Draft cancelling(Exchange target) {
    return Draft.of(Subject.AGENT, "agent.cancel")
        .parameters("{'id':'" + target.draft().id() + "'}");
  }

  private static void after(Trial trial, Exchange ended, Exchange cancel) {
    boolean holds =
        ended.last().isPresent()
            && cancel.last().isPresent()
            && ended.last().get().number() < cancel.last().get().number();
    trial
        .ledger()
        .note(
            Rule.R31,
            holds,
            "the final reply of the command, then that of agent.cancel",
            ended.last().isPresent() ? "agent.cancel first" : ended.story());
  }

  private static void order(Trial trial, Exchange... inOrder) {
    int before = 0;
    for (Exchange exchange : inOrder) {
      int number = exchange.last().map(Arrival::number).orElse(0);
      trial
          .ledger()
          .note(
              Rule.R11,
              number > before,
              "final replies in the order of the commands",
              number == 0 ? exchange.story() : "a later command's before an earlier one's");
      before = number;
    }
  }

  /** One more than may wait, whoever else has commands there. */
  private static List<Exchange> overflow(Trial trial, Blocker busy) throws IOException {
    Optional<Integer> room = trial.subject().queue(busy.device());
    if (room.isEmpty() || room.get() > LONGEST_QUEUE) {
      trial.ledger().skip(Reason.NO_QUEUE_LIMIT, Rule.R53);
      return List.of();
    }
    List<Exchange> sent = new ArrayList<>();
    for (int i = 0; i <= room.get(); i++) {
      sent.add(trial.first().send(Draft.of(busy.device(), Trial.STATUS)));
    }
    Exchange last = sent.get(room.get());
    trial.ended(trial.first(), last);
    if (busy.holds()) {
      trial.expect(Rule.R53, last, State.REJECTED, "BUSY");
    } else {
      trial.ledger().skip(Reason.NOTHING_WAITED, Rule.R53);
    }
    return sent;
  }
}
