package dev.doorstep.agent.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** From a center's publish to its reply, one request at a time and sixteen. */
final class RoundTrips {
  private static final int MANY = 16;

  private final Place place;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  RoundTrips(Place place) {
    this.place = place;
  }

  List<Figure> measure() throws IOException, InterruptedException {
    try (Counter counter = Counter.ofReaders();
        Baseline baseline = new Baseline(place.broker(), counter.twins());
        RunningAgent agent =
            RunningAgent.start(place.folder(), place.broker(), counter, List.of());
        Asker ours = new Asker(place.broker(), counter.replies("bench"));
        Asker theirs = new Asker(place.broker(), "bench/reply")) {
      place.progress().accept("warm-up");
      List<Series> all = series(counter, baseline, ours, theirs);
      for (Series one : all) {
        one.ask(place.size().warmUp());
      }
      for (int run = 0; run < place.size().runs(); run++) {
        place.progress().accept("run " + (run + 1));
        for (int i = 0; i < all.size(); i++) { // every other run the other way round
          Series one = all.get(run % 2 == 0 ? i : all.size() - 1 - i);
          samples
              .computeIfAbsent(one.name, n -> new ArrayList<>())
              .add(one.ask(place.size().requests()));
        }
      }
      place.progress().accept("memory " + agent.memory("VmRSS"));
    }
    return figures();
  }

  /** Requests of one kind to one side. */
  private static final class Series {
    private final String name;
    private final Asker asker;
    private final List<Asker.Question> questions;
    private final int atOnce;
    private final Baseline baseline;

    Series(
        String name, Asker asker, List<Asker.Question> questions, int atOnce, Baseline baseline) {
      this.name = name;
      this.asker = asker;
      this.questions = questions;
      this.atOnce = atOnce;
      this.baseline = baseline;
    }

    Sample ask(int requests) throws IOException, InterruptedException {
      baseline.threads(atOnce > 1);
      return asker.ask(questions, requests, atOnce);
    }
  }

  /** Asks the agent once for each reply, so that the baseline answers with the same bytes. */
  private static List<Series> series(Counter counter, Baseline baseline, Asker ours, Asker theirs)
      throws IOException, InterruptedException {
    List<Asker.Question> cards = counter.cardReadings();
    List<Asker.Question> directCards = new ArrayList<>();
    for (String reader : counter.cards().keySet()) {
      String reply = ours.reply(counter.cardReading(reader, counter.command(reader)));
      baseline.answer(reader, "id-card-read", reply, ours.id());
      directCards.add(counter.cardReading(reader, Baseline.topic(reader, "id-card.read")));
    }
    String first = counter.cards().keySet().iterator().next();
    Asker.Question status = Counter.status(counter.command(first));
    baseline.answer(first, "device-status", ours.reply(status), ours.id());
    Asker.Question directStatus = Counter.status(Baseline.topic(first, "device.status"));
    Asker.Question echo =
        new Asker.Question(Baseline.topic(first, "echo"), "device.status", "", "device.status");
    return List.of(
        new Series("echo", theirs, List.of(echo), 1, baseline),
        new Series("status.b", theirs, List.of(directStatus), 1, baseline),
        new Series("status", ours, List.of(status), 1, baseline),
        new Series("card.b", theirs, directCards.subList(0, 1), 1, baseline),
        new Series("card", ours, cards.subList(0, 1), 1, baseline),
        new Series("card16.b", theirs, directCards, MANY, baseline),
        new Series("card16", ours, cards, MANY, baseline));
  }

  private List<Figure> figures() {
    double wrong = samples.values().stream().flatMap(List::stream).mapToInt(Sample::wrong).sum();
    return List.of(
        Figure.alone("echo.median", "us", of("echo", Sample::median)),
        both("status", ".median", "us", Sample::median),
        both("status", ".p99", "us", Sample::p99),
        both("card", ".median", "us", Sample::median).atMost(1.25),
        both("card", ".p99", "us", Sample::p99).atMost(1.5),
        both("card", ".rate", "/s", Sample::perSecond),
        both("card16", ".rate", "/s", Sample::perSecond).atLeast(0.75),
        both("card16", ".median", "us", Sample::median),
        both("card16", ".p99", "us", Sample::p99),
        Figure.alone("wrong", "", wrong).atMost(0));
  }

  private Figure both(String name, String what, String unit, ToDoubleFunction<Sample> part) {
    return Figure.beside(name + what, unit, of(name, part), of(name + ".b", part));
  }

  private double of(String name, ToDoubleFunction<Sample> part) {
    return Sample.median(
        samples.getOrDefault(name, List.of()).stream().mapToDouble(part).toArray());
  }
}
