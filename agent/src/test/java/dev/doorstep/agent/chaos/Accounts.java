package dev.doorstep.agent.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.chaos.TicketDesk.Sent;
import dev.doorstep.protocol.State;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the center was told against what is on the paper. A ticket counts as printed as often as its
 * first line stands on the paper, whole or not.
 */
final class Accounts {
  private final List<Sent> sent;
  private final List<String> paper;
  private final Map<String, Long> begun;
  private final List<Long> kills;

  Accounts(TicketDesk desk, PacedPrinter printer, List<Long> kills) {
    this.sent = desk.sent();
    this.paper = printer.paper();
    this.begun = printer.begun();
    this.kills = kills;
  }

  /** Makes sure that they agree. */
  void balance() {
    Set<Long> excuses = new HashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      Sent one = sent.get(i);
      int first = Collections.frequency(paper, one.id() + " first");
      int last = Collections.frequency(paper, one.id() + " last");
      assertThat(first).as("%s, %s: how often it is on paper", one.id(), one.end()).isLessThan(2);
      assertThat(one.end()).as("%s: one end", one.id()).isNotEmpty().doesNotContain(" and ");
      if (one.is(State.UNKNOWN)) {
        long kill = excuse(i, excuses);
        assertThat(excuses.add(kill)).as("%s: one unknown for each kill", one.id()).isTrue();
      } else {
        int printed = one.is(State.SUCCEEDED) ? 1 : 0;
        assertThat(List.of(first, last))
            .as("%s, %s: first and last line on paper", one.id(), one.end())
            .containsExactly(printed, printed);
      }
    }
  }

  /**
   * The kill that came while the printer was at it. Without a byte at the printer it must have been
   * at its turn: what was sent before it had begun, and the point has to write down that it acts
   * before it sends the first byte. A kill explains one of them.
   */
  private long excuse(int index, Set<Long> used) {
    Sent unknown = sent.get(index);
    long from = begun.getOrDefault(unknown.id(), unknown.first());
    for (Sent before : sent.subList(0, index)) {
      from = Math.max(from, begun.getOrDefault(before.id(), 0L));
    }
    long since = from;
    return kills.stream()
        .filter(kill -> kill > since)
        .filter(kill -> begun.containsKey(unknown.id()) || !used.contains(kill))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(unknown.id() + " is unknown, and no kill explains it"));
  }

  private long count(State state) {
    return sent.stream().filter(one -> one.is(state)).count();
  }

  @Override
  public String toString() {
    long half =
        sent.stream()
            .filter(
                one -> paper.contains(one.id() + " first") && !paper.contains(one.id() + " last"))
            .count();
    long untouched =
        sent.stream().filter(one -> one.is(State.UNKNOWN) && !begun.containsKey(one.id())).count();
    return "%d kills; %d commands: %d succeeded, %d unknown (%d half on paper, %d without a byte at the printer)"
        .formatted(
            kills.size(),
            sent.size(),
            count(State.SUCCEEDED),
            count(State.UNKNOWN),
            half,
            untouched);
  }
}
