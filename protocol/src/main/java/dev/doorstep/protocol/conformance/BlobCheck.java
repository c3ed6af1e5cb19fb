package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Documents of results: of a camera, and of the echo device at and above the limit. */
final class BlobCheck implements Check {
  private static final String MAKE = "x-echo.document";

  @Override
  public Set<Rule> rules() {
    return EnumSet.range(Rule.R37, Rule.R42);
  }

  @Override
  public void run(Trial trial) throws IOException {
    gone(trial, trial.first(), Names.random());
    List<Exchange> results = new ArrayList<>();
    Optional<String> camera = trial.subject().offering("document.capture");
    if (camera.isPresent()) {
      results.add(trial.call(Draft.of(camera.get(), "document.capture")));
    }
    Optional<String> maker = trial.subject().offering(MAKE);
    if (maker.isPresent()) {
      for (int size : List.of(Content.LARGEST_INLINE, Content.LARGEST_INLINE + 1, 200_000)) {
        String parameters = "{'size':" + size + ",'seed':7}";
        results.add(trial.call(Draft.of(maker.get(), MAKE).parameters(parameters)));
      }
    }
    trial.ledger().skip(Reason.NO_DOCUMENT, rules().toArray(Rule[]::new));
    boolean first = true;
    for (Exchange exchange : results) {
      for (JsonNode content : Trial.result(exchange).findParents("contentType")) {
        form(trial, content);
        if (content.path("blob").isObject()) {
          Document document = new Document(trial.first(), trial.subject(), content.path("blob"));
          down(trial, exchange, document, first);
          first = false;
        }
      }
    }
  }

  private static void form(Trial trial, JsonNode content) {
    JsonNode base64 = content.path("base64");
    long size =
        base64.isString()
            ? base64.stringValue().replace("=", "").length() * 3L / 4
            : content.path("blob").path("size").asLong(0);
    boolean inline = size <= Content.LARGEST_INLINE;
    trial
        .ledger()
        .note(
            Rule.R37,
            inline == base64.isString(),
            inline ? "base64" : "a blob",
            "the other form, of " + size + " bytes");
  }

  private static void down(Trial trial, Exchange exchange, Document document, boolean first)
      throws IOException {
    try {
      trial.first().await(trial.patience(), document::isWhole);
      int reply = exchange.last().map(Arrival::number).orElse(0);
      Optional<String> disorder = document.disorder(reply);
      trial
          .ledger()
          .note(
              Rule.R38,
              disorder.isEmpty(),
              "pieces of one size after the reply, from 0 to " + (document.pieces() - 1),
              disorder.orElse(""));
      trial.ledger().note(Rule.R39, document.isSound(), "size and SHA-256 of the reply", "others");
      if (first) {
        resend(trial, document);
        if (trial.secondHears()) {
          gone(trial, trial.second(), document.id());
          released(trial, trial.second(), document, false);
        }
      }
    } finally {
      released(trial, trial.first(), document, true);
    }
    if (first) {
      gone(trial, trial.first(), document.id());
      released(trial, trial.first(), document, false);
    }
  }

  private static void resend(Trial trial, Document document) throws IOException {
    int n = document.pieces() - 1;
    long before = document.times(n);
    Exchange resend = trial.call(resend(document.id(), n));
    boolean came = trial.first().await(trial.patience(), () -> document.times(n) > before);
    trial.expect(Rule.R40, resend, "pieces", "1");
    trial
        .ledger()
        .note(
            Rule.R40,
            came && document.isSound(),
            "piece " + n + " again, as it was",
            came ? "another" : "none");
  }

  private static void gone(Trial trial, Station station, String blob) throws IOException {
    trial.expect(Rule.R41, trial.call(station, resend(blob, 0)), State.FAILED, "GONE");
  }

  private static Draft resend(String blob, int n) {
    return Draft.of(Subject.AGENT, "agent.resend")
        .parameters("{'blob':'" + blob + "','pieces':[" + n + "]}");
  }

  private static void released(Trial trial, Station station, Document document, boolean was)
      throws IOException {
    Exchange release =
        trial.call(
            station,
            Draft.of(Subject.AGENT, "agent.release")
                .parameters("{'blob':'" + document.id() + "'}"));
    trial.expect(Rule.R42, release, "released", Boolean.toString(was));
  }
}
