package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command being written, also one that breaks the contract. Each has an id of its own. */
final class Draft {
  private static final long EXPIRY_SECONDS = 60;

  private final String device;
  private final Map<String, String> members = new LinkedHashMap<>();
  private final String correlation;
  private Optional<byte[]> raw = Optional.empty();
  private Optional<String> responseTopic = Optional.empty();
  private boolean responds = true;
  private boolean correlates = true;
  private boolean retained;
  private boolean updates;
  private long expiry = EXPIRY_SECONDS;

  private Draft(String device) {
    this.device = device;
    // Bytes that are no UTF-8 as well: they are to come back as they are.
    this.correlation = "ff00" + HexFormat.of().formatHex(bytes(Names.random()));
  }

  /** A command with an id, an operation and a time-out. */
  static Draft of(String device, String operation) {
    return new Draft(device)
        .text("id", Names.random())
        .text("operation", operation)
        .text("timeout", "PT20S");
  }

  /** The same command as another message, with Correlation Data of its own. */
  Draft again() {
    Draft same = new Draft(device);
    same.members.putAll(members);
    same.raw = raw;
    same.updates = updates;
    return same;
  }

  /** Sets a member to a text. */
  Draft text(String member, String text) {
    return json(member, "\"" + text + "\"");
  }

  /** Sets a member to what is JSON already, or is to break it. */
  Draft json(String member, String json) {
    members.put(member, json);
    return this;
  }

  Draft id(String id) {
    return text("id", id);
  }

  Draft parameters(String json) {
    return json("parameters", json.replace('\'', '"'));
  }

  Draft updates() {
    updates = true;
    return json("updates", "true");
  }

  /** Writes the members in the other order. */
  Draft reversed() {
    List<String> names = new ArrayList<>(members.keySet());
    Collections.reverse(names);
    Map<String, String> before = Map.copyOf(members);
    members.clear();
    names.forEach(name -> members.put(name, String.valueOf(before.get(name))));
    return this;
  }

  /** Sends this text in place of the members. */
  Draft raw(String text) {
    raw = Optional.of(bytes(text));
    return this;
  }

  Draft expiry(long seconds) {
    expiry = seconds;
    return this;
  }

  Draft retained() {
    retained = true;
    return this;
  }

  Draft withoutCorrelation() {
    correlates = false;
    return this;
  }

  Draft withoutResponseTopic() {
    responds = false;
    return this;
  }

  Draft responseTopic(String topic) {
    responseTopic = Optional.of(topic);
    return this;
  }

  String device() {
    return device;
  }

  String id() {
    return unquoted("id").orElse("");
  }

  String operation() {
    return unquoted("operation").orElse("");
  }

  /** The case, if it has one. */
  Optional<String> caseNumber() {
    return unquoted("case");
  }

  boolean hasUpdates() {
    return updates;
  }

  /** Whether the contract has it answered at all. */
  boolean isAnswered() {
    return responds && responseTopic.isEmpty();
  }

  boolean isReadable() {
    return raw.isEmpty();
  }

  /** The Correlation Data in hexadecimal digits, or empty if it has none. */
  Optional<String> correlation() {
    return correlates ? Optional.of(correlation) : Optional.empty();
  }

  /** The message's bytes. */
  byte[] payload() {
    return raw.orElseGet(
        () ->
            bytes(
                members.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"))));
  }

  /**
   * The message.
   *
   * @param topic where it goes
   * @param replies the response topic, unless the draft has another or none
   */
  Message message(String topic, String replies) {
    Message.Headers headers =
        new Message.Headers(
            responds ? responseTopic.or(() -> Optional.of(replies)) : Optional.empty(),
            correlation().map(HexFormat.of()::parseHex),
            Optional.of(Duration.ofSeconds(expiry)),
            Optional.empty(),
            false);
    Message message = retained ? Message.retained(topic, payload()) : Message.of(topic, payload());
    return message.withHeaders(headers);
  }

  private Optional<String> unquoted(String member) {
    return Optional.ofNullable(members.get(member))
        .filter(json -> json.length() > 1 && json.startsWith("\""))
        .map(json -> json.substring(1, json.length() - 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
