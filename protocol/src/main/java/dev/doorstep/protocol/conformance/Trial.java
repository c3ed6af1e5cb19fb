package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What every check works with: two clients, the point, and the ledger. */
final class Trial {
  /** The operation that every device has and that does nothing. */
  static final String STATUS = "device.status";

  private final Station first;
  private final Station second;
  private final Subject subject;
  private final Ledger ledger;
  private final Duration patience;
  private final Opening opening;
  private boolean secondHears;
  private final Map<String, JsonNode> entries = new ConcurrentHashMap<>();

  /** Lets a client in. */
  interface Opening {
    Station open() throws IOException;
  }

  /**
   * A trial of one point.
   *
   * @param patience how long a reply may take beyond what its command waits and runs
   * @param opening lets one more client in
   */
  Trial(
      Station first,
      Station second,
      Subject subject,
      Ledger ledger,
      Duration patience,
      Opening opening) {
    this.first = first;
    this.second = second;
    this.subject = subject;
    this.ledger = ledger;
    this.patience = patience;
    this.opening = opening;
  }

  /** The client that sends most. */
  Station first() {
    return first;
  }

  /** Another client, to which nothing of the first belongs. */
  Station second() {
    return second;
  }

  /** One more client, for what may cost it its connection. */
  Station guest() throws IOException {
    return opening.open();
  }

  /** Whether the second gets replies: the broker may not let a second client in. */
  boolean secondHears() {
    return secondHears;
  }

  /** Tries whether the second gets replies, and tells of the rules that need it. */
  void trySecond(Duration patience, Rule... rules) throws IOException {
    Exchange asked =
        second.send(Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'none'}"));
    secondHears = second.await(patience, () -> asked.last().isPresent());
    if (!secondHears) {
      second.exchanges().clear();
      ledger.skip(Reason.NO_SECOND_CLIENT, rules);
    }
  }

  Subject subject() {
    return subject;
  }

  Ledger ledger() {
    return ledger;
  }

  Duration patience() {
    return patience;
  }

  /** The entries of {@code agent.describe} that were told, by their digests. */
  Map<String, JsonNode> entries() {
    return entries;
  }

  /** Sends as the first client and waits for the end. */
  Exchange call(Draft draft) throws IOException {
    return call(first, draft);
  }

  /** Sends and waits for the end. */
  Exchange call(Station station, Draft draft) throws IOException {
    Exchange exchange = station.send(draft);
    ended(station, exchange);
    return exchange;
  }

  /** Waits for the end of a command; false if it does not come. */
  boolean ended(Station station, Exchange exchange) throws IOException {
    return station.await(patience, () -> exchange.last().isPresent());
  }

  /** Waits until a command is in a state, or has ended. */
  boolean reached(Exchange exchange, State state) throws IOException {
    first.await(patience, () -> exchange.has(state.toString()) || exchange.last().isPresent());
    return exchange.has(state.toString());
  }

  /** Notes whether a command ended as it should. */
  void expect(Rule rule, Exchange exchange, State state) {
    ledger.note(
        rule,
        exchange.last().map(last -> last.isState(state)).orElse(false),
        state.toString(),
        exchange.story());
  }

  /** Notes whether a command ended with a state and an error code. */
  void expect(Rule rule, Exchange exchange, State state, String code) {
    ledger.note(
        rule,
        exchange.last().map(last -> last.isState(state) && last.code().equals(code)).orElse(false),
        state + " " + code,
        exchange.story());
  }

  /** Notes whether a command succeeded with a value in its result. */
  void expect(Rule rule, Exchange exchange, String member, String value) {
    String came = result(exchange).path(member).toString().replace("\"", "");
    boolean holds = came.equals(value);
    ledger.note(
        rule,
        holds,
        "succeeded with " + member + " " + value,
        exchange.last().map(last -> last.isState(State.SUCCEEDED)).orElse(false)
            ? "succeeded with " + member + " " + came + " (" + exchange + ")"
            : exchange.story());
  }

  /** The result of a command; missing if it has none. */
  static JsonNode result(Exchange exchange) {
    Optional<JsonNode> result = exchange.last().map(last -> last.json().path("result"));
    return result.orElseGet(JsonNodeFactory.instance::missingNode);
  }
}
