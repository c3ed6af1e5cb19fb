package dev.doorstep.agent.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process until everything is ready, and what it takes of memory. */
final class Starts {
  private static final int AT_ONCE = 16;
  private static final int FIFTH = 5;

  private final Place place;

  Starts(Place place) {
    this.place = place;
  }

  /** Starts it again and again, on the data that the first start made. */
  List<Figure> starts() throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    double first = 0;
    try (Counter counter = Counter.ofAllKinds()) {
      for (int run = 0; run <= place.size().runs(); run++) {
        place.progress().accept(run == 0 ? "first start" : "start " + run);
        try (RunningAgent agent =
            RunningAgent.start(place.folder(), place.broker(), counter, List.of())) {
          double millis = agent.startTime().toNanos() / 1e6;
          if (run == 0) {
            first = millis;
          } else {
            times.add(millis);
            processor.add(agent.processorTime().toNanos() / 1e6);
            memory.add(agent.memory("VmRSS"));
          }
        }
      }
    }
    return List.of(
        Figure.alone("start.ready", "ms", median(times)).atMost(1200),
        Figure.alone("start.first", "ms", first),
        Figure.alone("start.processor", "ms", median(processor)),
        Figure.alone("start.memory", "MB", median(memory)).atMost(110));
  }

  /** One start, then many commands: cards, and every fifth time how a device is. */
  List<Figure> memory() throws IOException, InterruptedException {
    try (Counter counter = Counter.ofAllKinds();
        RunningAgent agent =
            RunningAgent.start(place.folder(), place.broker(), counter, List.of());
        Asker asker = new Asker(place.broker(), counter.replies("bench"))) {
      List<Asker.Question> questions = new ArrayList<>();
      List<Asker.Question> cards = counter.cardReadings();
      for (String device : List.of("reader-1", "tickets", "camera", "box-1")) {
        for (int i = 1; i < FIFTH; i++) {
          questions.add(cards.get(i % cards.size()));
        }
        questions.add(Counter.status(counter.command(device)));
      }
      double before = agent.memory("VmRSS");
      place.progress().accept(place.size().commands() + " commands");
      Sample sample = asker.ask(questions, place.size().commands(), AT_ONCE);
      return List.of(
          Figure.alone("memory.before", "MB", before),
          Figure.alone("memory.after", "MB", agent.memory("VmRSS")).atMost(110),
          Figure.alone("memory.most", "MB", agent.memory("VmHWM")),
          Figure.alone("memory.rate", "/s", sample.perSecond()),
          Figure.alone("memory.wrong", "", sample.wrong()).atMost(0));
    }
  }

  private static double median(List<Double> values) {
    return Sample.median(values.stream().mapToDouble(value -> value).toArray());
  }
}
