package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a point does not take. All of it would do no harm where it is taken. */
final class RefusalCheck implements Check {
  private static final int HEADERS = 1024;

  @Override
  public Set<Rule> rules() {
    return EnumSet.of(
        Rule.R45, Rule.R46, Rule.R47, Rule.R48, Rule.R49, Rule.R50, Rule.R51, Rule.R52, Rule.R54);
  }

  @Override
  public void run(Trial trial) throws IOException {
    String device = trial.subject().any().orElse(Subject.AGENT);
    for (String text : List.of("", "[]", "17", "{\"id\":\"a1\",\"operation\":", "\u0000\u0001")) {
      Draft draft = Draft.of(device, Trial.STATUS).raw(text);
      trial.expect(Rule.R45, trial.call(draft), State.REJECTED, "MALFORMED");
    }
    unknownMembers(trial, device);
    twice(trial, device);
    parameters(trial);
    trial.expect(
        Rule.R51,
        trial.call(Draft.of("none-" + Names.random(), Trial.STATUS)),
        State.REJECTED,
        "UNKNOWN_DEVICE");
    for (String name : List.of(device, Subject.AGENT)) {
      Exchange refused = trial.call(Draft.of(name, "x-conform.none"));
      trial.expect(Rule.R52, refused, State.REJECTED, "UNSUPPORTED");
    }
    tooLarge(trial, device);
    retained(trial);
    unanswered(trial, device);
  }

  private static void unknownMembers(Trial trial, String device) throws IOException {
    Exchange outside = trial.call(Draft.of(device, Trial.STATUS).json("dupelx", "true"));
    named(trial, outside, "dupelx");
    Exchange inside = trial.call(Draft.of(device, Trial.STATUS).parameters("{'dupelx':true}"));
    named(trial, inside, "parameters", "dupelx");
    Exchange agent =
        trial.call(
            Draft.of(Subject.AGENT, "agent.cancel").parameters("{'id':'none','dupelx':true}"));
    named(trial, agent, "parameters", "dupelx");
  }

  private static void named(Trial trial, Exchange refused, String... steps) {
    trial.expect(Rule.R46, refused, State.REJECTED);
    String detail =
        refused.last().map(it -> it.json().path("error").path("detail").asString("")).orElse("");
    trial
        .ledger()
        .note(
            Rule.R46,
            List.of(steps).stream().allMatch(detail::contains),
            "a detail with the path " + String.join(".", steps),
            refused.story() + " without it");
  }

  private static void twice(Trial trial, String device) throws IOException {
    Draft draft = Draft.of(device, Trial.STATUS);
    String id = "{\"id\":\"" + draft.id() + "\",\"operation\":\"device.status\",";
    for (String rest :
        List.of("\"operation\":\"device.status\"}", "\"parameters\":{\"a\":1,\"a\":1}}")) {
      Draft twice = draft.again().raw(id + rest);
      trial.expect(Rule.R47, trial.call(twice), State.REJECTED);
    }
  }

  private static void parameters(Trial trial) throws IOException {
    Map<String, List<String>> broken =
        Map.of(
            "agent.cancel", List.of("{'id':17}", "{}", "{'id':'no name'}"),
            "agent.resend", List.of("{'blob':'none','pieces':[]}", "{'blob':'none'}"),
            "agent.describe", List.of("{'device':['a']}"));
    for (Map.Entry<String, List<String>> operation : broken.entrySet()) {
      for (String parameters : operation.getValue()) {
        refused(trial, Subject.AGENT, operation.getKey(), parameters);
      }
    }
    Optional<String> reader = trial.subject().offering("id-card.read");
    if (reader.isPresent()) {
      refused(trial, reader.get(), "id-card.read", "{'wait':0}");
      refused(trial, reader.get(), "id-card.read", "{'wait':'PT15M1S'}");
    }
    Optional<String> camera = trial.subject().offering("document.capture");
    if (camera.isPresent()) {
      refused(trial, camera.get(), "document.capture", "{'format':'NONE'}");
    }
  }

  private static void refused(Trial trial, String device, String operation, String parameters)
      throws IOException {
    Exchange refused = trial.call(Draft.of(device, operation).parameters(parameters));
    trial.expect(Rule.R48, refused, State.REJECTED, "INVALID_PARAMETERS");
  }

  private static void tooLarge(Trial trial, String device) throws IOException {
    Draft draft = Draft.of(device, Trial.STATUS);
    int size = Command.LARGEST_MESSAGE + 1;
    if (trial.first().largestPacket() < size + HEADERS) {
      trial.ledger().skip(Reason.BROKER_LIMIT, Rule.R49);
      return;
    }
    String text = "{\"id\":\"" + draft.id() + "\",\"operation\":\"device.status\"}";
    trial.expect(
        Rule.R49,
        trial.call(draft.raw(text + " ".repeat(size - text.length()))),
        State.REJECTED,
        "TOO_LARGE");
  }

  /** Takes the message away again at once: it would come at every reconnect. */
  private static void retained(Trial trial) throws IOException {
    boolean shown =
        trial.first().announcements().stream()
            .filter(it -> it.topic().equals(trial.subject().topics().status()))
            .allMatch(it -> it.message().retained());
    if (!shown) {
      trial.ledger().skip(Reason.RETAIN_FLAG_LOST, Rule.R50);
      return;
    }
    Exchange kept =
        trial.first().send(Draft.of(Subject.AGENT, "agent.describe").retained().expiry(5));
    try {
      trial.ended(trial.first(), kept);
    } finally {
      String topic = trial.subject().topics().command(Subject.AGENT);
      trial.first().publish(Message.retained(topic, new byte[0]));
    }
    trial.expect(Rule.R50, kept, State.REJECTED, "RETAINED");
  }

  private static void unanswered(Trial trial, String device) throws IOException {
    Station station = trial.first();
    Topics topics = trial.subject().topics();
    List<Exchange> silent =
        List.of(
            station.send(Draft.of(device, Trial.STATUS).withoutResponseTopic()),
            station.send(
                Draft.of(device, Trial.STATUS)
                    .responseTopic(station.elsewhere().reply(station.name()))),
            station.send(
                Draft.of(device, Trial.STATUS)
                    .responseTopic(topics.blob(station.name(), "none", 0))));
    Exchange after = trial.call(Draft.of(device, Trial.STATUS));
    trial.ledger().note(Rule.R54, after.last().isPresent(), "a point that goes on", "silence");
    long strayed =
        station.misled().stream().filter(it -> of(silent, it)).count()
            + station.pieces().stream().filter(it -> of(silent, it)).count()
            + silent.stream().filter(it -> !it.replies().isEmpty()).count();
    trial.ledger().note(Rule.R54, strayed == 0, "no reply", strayed + " replies");
  }

  private static boolean of(List<Exchange> silent, Arrival arrival) {
    return arrival.correlation().isPresent()
        && silent.stream().anyMatch(it -> it.draft().correlation().equals(arrival.correlation()));
  }
}
