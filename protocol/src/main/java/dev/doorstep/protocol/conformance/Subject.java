package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The point as its retained documents tell it. */
final class Subject {
  /** The device name of the agent itself. */
  static final String AGENT = "agent";

  private static final Set<String> THERE = Set.of("READY", "BUSY");

  private final Topics topics;
  private final Station station;
  private final Optional<String> only;

  /**
   * The point that a station watches.
   *
   * @param only the one device that may be used, if not all
   */
  Subject(Topics topics, Station station, Optional<String> only) {
    this.topics = topics;
    this.station = station;
    this.only = only;
  }

  Topics topics() {
    return topics;
  }

  JsonNode status() {
    return document(topics.status());
  }

  JsonNode about() {
    return document(topics.about());
  }

  JsonNode device(String name) {
    return Names.valid(name) ? document(topics.device(name)) : missing();
  }

  boolean isOnline() {
    return status().path("state").asString("").equals("online");
  }

  /** The devices that about names. */
  List<String> names() {
    return about().path("devices").values().stream().map(name -> name.asString("")).toList();
  }

  /** Whether every document that about promises has come. */
  boolean isComplete() {
    String session = about().path("session").asString("");
    return !about().isMissingNode()
        && names().stream()
            .allMatch(name -> device(name).path("session").asString("").equals(session));
  }

  /** A device to send {@code device.status} to, one that is there before one that is not. */
  Optional<String> any() {
    return usable().filter(this::isThere).findFirst().or(() -> usable().findFirst());
  }

  /** A device that is there and offers an operation. */
  Optional<String> offering(String operation) {
    return usable()
        .filter(this::isThere)
        .filter(name -> device(name).path("operations").has(operation))
        .findFirst();
  }

  /** How many commands may wait for a device; empty if it does not say so. */
  Optional<Integer> queue(String device) {
    JsonNode limit =
        device(device).path("operations").path("device.status").path("limits").path("queue");
    return limit.isInt() ? Optional.of(limit.intValue()) : Optional.empty();
  }

  private Stream<String> usable() {
    return names().stream()
        .filter(Names::valid)
        .filter(name -> only.isEmpty() || only.get().equals(name));
  }

  private boolean isThere(String name) {
    return THERE.contains(device(name).path("state").asString(""));
  }

  private JsonNode document(String topic) {
    return station.document(topic).map(Arrival::json).orElseGet(Subject::missing);
  }

  private static JsonNode missing() {
    return JsonNodeFactory.instance.missingNode();
  }
}
