package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.schema.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The retained documents, and what becomes of a late will. */
final class PresenceCheck implements Check {
  private static final Duration ECHO = Duration.ofSeconds(2);
  private static final int REFUSED = 0x80;

  @Override
  public Set<Rule> rules() {
    return EnumSet.range(Rule.R1, Rule.R5);
  }

  @Override
  public void run(Trial trial) throws IOException {
    Subject subject = trial.subject();
    Ledger ledger = trial.ledger();
    String state = subject.status().path("state").asString("nothing");
    ledger.note(Rule.R1, subject.isOnline(), "online", state);
    String session = subject.about().path("session").asString("");
    ledger.note(
        Rule.R2,
        !session.isEmpty() && session.equals(subject.status().path("session").asString("")),
        "one session in both",
        "another in about than in status");
    for (String name : subject.names()) {
      JsonNode document = subject.device(name);
      ledger.note(
          Rule.R3,
          Names.valid(name) && document.path("session").asString("").equals(session),
          "a document of " + shown(name) + " with the session of about",
          document.isMissingNode() ? "none" : "one of another session");
    }
    if (subject.names().isEmpty()) {
      ledger.skip(Reason.NO_DEVICE, Rule.R3);
    }
    schemas(trial);
    lateWill(trial, session);
  }

  private static String shown(String name) {
    return Names.valid(name) ? "device/" + name : "a device whose name is none";
  }

  private static void schemas(Trial trial) {
    Subject subject = trial.subject();
    schema(trial, "status", PointStatus.class, subject.status());
    schema(trial, "about", PointAbout.class, subject.about());
    for (String name : subject.names()) {
      if (!subject.device(name).isMissingNode()) {
        schema(trial, "device/" + name, DeviceStatus.class, subject.device(name));
      }
    }
  }

  private static void schema(Trial trial, String branch, Class<?> form, JsonNode document) {
    List<String> problems = Shape.problems(Schemas.message(form), document);
    trial
        .ledger()
        .note(
            Rule.R5,
            problems.isEmpty(),
            branch + " of the schema " + form.getSimpleName(),
            String.join("; ", problems));
  }

  /** What a broker says late of an earlier start, said in its place. */
  private static void lateWill(Trial trial, String session) throws IOException {
    Station station = trial.first();
    String topic = trial.subject().topics().status();
    byte[] before = station.document(topic).map(it -> it.message().payload()).orElse(null);
    String foreign = "{\"state\":\"lost\",\"session\":\"" + Names.random() + "\"}";
    boolean taken =
        published(trial, topic, foreign.getBytes(StandardCharsets.UTF_8))
            && station.await(
                ECHO, () -> station.announcements().stream().anyMatch(it -> said(it, foreign)));
    if (!taken || before == null) {
      trial.ledger().skip(Reason.NOT_ALLOWED, Rule.R4);
      return;
    }
    boolean again =
        station.await(
            trial.patience(),
            () ->
                trial.subject().isOnline()
                    && trial.subject().status().path("session").asString("").equals(session));
    trial.ledger().note(Rule.R4, again, "online of its own session again", "nothing");
    if (!again) {
      published(trial, topic, before); // as it was
    }
  }

  /** Over a connection of its own: a broker may end one that writes where it must not. */
  private static boolean published(Trial trial, String topic, byte[] status) {
    try (Station guest = trial.guest()) {
      return guest.publish(Message.retained(topic, status)) < REFUSED;
    } catch (IOException e) {
      return false; // refused as well; if the broker is gone, the next command tells
    }
  }

  private static boolean said(Arrival arrival, String text) {
    return new String(arrival.message().payload(), StandardCharsets.UTF_8).equals(text);
  }
}
