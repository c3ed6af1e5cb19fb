package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.schema.Contract;
import dev.doorstep.protocol.schema.Schemas;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks at every reply of the whole run, at its end. */
final class ReplyCheck implements Check {
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Set<String> WITH_ERROR = Set.of("failed", "expired", "rejected", "unknown");
  private static final ObjectNode REPLY = Schemas.message(Reply.class);

  @Override
  public Set<Rule> rules() {
    Set<Rule> rules = EnumSet.range(Rule.R6, Rule.R8);
    rules.addAll(EnumSet.range(Rule.R13, Rule.R19));
    return rules;
  }

  @Override
  public void run(Trial trial) throws IOException {
    trial.first().await(QUIET, () -> false); // what comes a second time comes late
    for (Station station : Set.copyOf(List.of(trial.first(), trial.second()))) {
      station.strays().forEach(stray -> stray(trial, stray));
      for (Exchange exchange : station.exchanges()) {
        if (exchange.draft().isAnswered()) {
          number(trial, exchange);
          exchange.replies().forEach(reply -> envelope(trial, exchange, reply));
          exchange.replies().forEach(reply -> content(trial, exchange, reply));
        }
      }
    }
  }

  private static void stray(Trial trial, Arrival stray) {
    Rule rule = stray.text("id").isEmpty() ? Rule.R14 : Rule.R15;
    trial
        .ledger()
        .note(rule, false, "a reply to a command of this client", "one to none: " + stray);
  }

  private static void number(Trial trial, Exchange exchange) {
    List<Arrival> replies = exchange.replies();
    List<Arrival> ends = replies.stream().filter(Arrival::isFinal).toList();
    boolean device = trial.subject().names().contains(exchange.draft().device());
    if (exchange.isJoined()) {
      return; // the check that sent the repeat looks at both
    }
    if (device) {
      trial.ledger().note(Rule.R8, ends.size() == 1, "one final state", exchange.story());
    }
    if (!exchange.draft().hasUpdates()) {
      trial
          .ledger()
          .note(
              Rule.R6,
              replies.size() == 1 && ends.size() == 1,
              "one message, the final reply",
              exchange.story());
    } else if (device && !exchange.isRepeat() && !ends.isEmpty()) {
      trial
          .ledger()
          .note(
              Rule.R7,
              inOrder(replies),
              "accepted, running, then the final state",
              exchange.story());
    }
  }

  /** Accepted once; then running, unless it never ran; then one final state. */
  private static boolean inOrder(List<Arrival> replies) {
    List<Arrival> before = replies.subList(0, replies.size() - 1);
    Arrival last = replies.get(replies.size() - 1);
    if (!last.isFinal() || last.isState(State.REJECTED)) {
      return last.isFinal() && before.isEmpty();
    }
    boolean runs = last.isState(State.SUCCEEDED);
    return !before.isEmpty()
        && before.get(0).isState(State.ACCEPTED)
        && before.stream().skip(1).allMatch(reply -> reply.isState(State.RUNNING))
        && (!runs || before.size() > 1);
  }

  private static void envelope(Trial trial, Exchange exchange, Arrival reply) {
    Ledger ledger = trial.ledger();
    String what = " (" + exchange + ")";
    ledger.note(
        Rule.R13,
        reply.topic().equals(exchange.topic()) && !reply.message().retained(),
        "on the response topic, not retained",
        (reply.message().retained() ? "a retained reply" : "on another topic") + what);
    Optional<String> sent = exchange.draft().correlation();
    ledger.note(
        Rule.R14,
        reply.correlation().equals(sent),
        sent.map(it -> "Correlation Data of " + it.length() / 2 + " bytes").orElse("none"),
        reply.correlation().map(it -> "other").orElse("none") + what);
    if (exchange.draft().isReadable()) {
      ledger.note(
          Rule.R15,
          reply.text("id").equals(exchange.draft().id()),
          "the id of the command",
          (reply.text("id").isEmpty() ? "none" : "another") + what);
    }
    if (exchange.draft().isReadable() && !exchange.isRepeat()) {
      Optional<String> named = Optional.of(reply.text("case")).filter(text -> !text.isEmpty());
      ledger.note(
          Rule.R15,
          named.equals(exchange.draft().caseNumber()) || !taken(reply),
          "the case of the command",
          (named.isEmpty() ? "none" : "another") + what);
    }
  }

  /** A message that could not be read as a command may keep its case to itself. */
  private static boolean taken(Arrival reply) {
    return !reply.isState(State.REJECTED);
  }

  private static void content(Trial trial, Exchange exchange, Arrival reply) {
    Ledger ledger = trial.ledger();
    List<String> problems = Shape.problems(REPLY, reply.json());
    ledger.note(Rule.R16, problems.isEmpty(), "a reply of its schema", String.join("; ", problems));
    boolean result = reply.json().hasNonNull("result");
    boolean error = reply.json().hasNonNull("error");
    if (reply.isState(State.SUCCEEDED)) {
      ledger.note(Rule.R17, result && !error, "a result and no error", exchange.story());
      schema(trial, exchange)
          .map(schema -> Shape.problems(schema, reply.json().path("result")))
          .ifPresent(
              wrong ->
                  ledger.note(
                      Rule.R17,
                      wrong.isEmpty(),
                      "a result of the schema of " + exchange.draft().operation(),
                      String.join("; ", wrong)));
      ledger.note(
          Rule.R19, reply.json().path("times").isObject(), "times", "none (" + exchange + ")");
    } else if (WITH_ERROR.contains(reply.state())) {
      ledger.note(Rule.R18, error && !result, "an error and no result", exchange.story());
      if (error) {
        ledger.note(Rule.R18, consistent(reply), "the kind of " + reply.code(), "another kind");
      }
    }
  }

  /** Schemas of the contract's operations are the contract's, others' are their own. */
  private static Optional<JsonNode> schema(Trial trial, Exchange exchange) {
    String operation = exchange.draft().operation();
    Stream<JsonNode> known =
        Contract.OPERATIONS.stream()
            .filter(type -> type.name().equals(operation))
            .map(type -> Schemas.of(type).result());
    Stream<JsonNode> told =
        trial.entries().values().stream()
            .filter(entry -> entry.path("operation").asString("").equals(operation))
            .map(entry -> entry.path("result"));
    return Stream.concat(known, told).findFirst();
  }

  /** Whether a code of the contract has the kind and the retryable of the contract. */
  private static boolean consistent(Arrival reply) {
    JsonNode error = reply.json().path("error");
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(reply.code()))
        .allMatch(
            code ->
                code.kind().name().equals(error.path("kind").asString(""))
                    && code.retryable() == error.path("retryable").asBoolean(!code.retryable()));
  }
}
