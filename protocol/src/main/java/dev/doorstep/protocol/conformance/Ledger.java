package dev.doorstep.protocol.conformance;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what each rule showed: once broken is broken, whatever else held. */
final class Ledger {
  private final Set<Rule> held = EnumSet.noneOf(Rule.class);
  private final Map<Rule, Finding> broken = new EnumMap<>(Rule.class);
  private final Map<Rule, Reason> skipped = new EnumMap<>(Rule.class);

  /** Notes whether a rule held this time. */
  void note(Rule rule, boolean holds, String expected, String came) {
    if (holds) {
      held.add(rule);
    } else {
      broken.putIfAbsent(
          rule,
          new Finding(
              rule, Verdict.BROKEN, Optional.of(expected), Optional.of(came), Optional.empty()));
    }
  }

  /** Notes that rules could not be tried here; the first reason is told. */
  void skip(Reason reason, Rule... rules) {
    for (Rule rule : rules) {
      skipped.putIfAbsent(rule, reason);
    }
  }

  boolean isBroken(Rule rule) {
    return broken.containsKey(rule);
  }

  /** One for each rule, in their order. */
  List<Finding> findings() {
    return Arrays.stream(Rule.values()).map(this::finding).toList();
  }

  private Finding finding(Rule rule) {
    if (broken.containsKey(rule)) {
      return broken.get(rule);
    }
    boolean holds = held.contains(rule);
    Reason unknown = broken.isEmpty() ? Reason.NOT_ASKED : Reason.OTHERS_BROKEN;
    return new Finding(
        rule,
        holds ? Verdict.HOLDS : Verdict.NOT_CHECKED,
        Optional.empty(),
        Optional.empty(),
        holds ? Optional.empty() : Optional.of(skipped.getOrDefault(rule, unknown)));
  }
}
