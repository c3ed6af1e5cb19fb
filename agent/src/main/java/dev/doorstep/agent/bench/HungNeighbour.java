package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A card reader's round trip while another device hangs with a queue behind it, and without. */
final class HungNeighbour {
  private static final String HUNG = "box-2";
  private static final int QUEUED = 8;

  private final Place place;

  HungNeighbour(Place place) {
    this.place = place;
  }

  List<Figure> measure() throws IOException, InterruptedException {
    List<Sample> without = new ArrayList<>();
    List<Sample> beside = new ArrayList<>();
    try (Counter counter = Counter.ofReaders();
        RunningAgent agent =
            RunningAgent.start(place.folder(), place.broker(), counter, List.of());
        Asker asker = new Asker(place.broker(), counter.replies("bench"))) {
      List<Asker.Question> card = counter.cardReadings().subList(0, 1);
      place.progress().accept("warm-up");
      asker.ask(card, place.size().warmUp(), 1);
      for (int run = 0; run < place.size().runs(); run++) {
        place.progress().accept("run " + (run + 1));
        without.add(asker.ask(card, place.size().requests(), 1));
        List<String> hung = hang(counter, asker);
        beside.add(asker.ask(card, place.size().requests(), 1));
        mend(counter, asker, hung);
      }
      place.progress().accept("memory " + agent.memory("VmRSS"));
    }
    return List.of(
        Figure.beside("hung.median", "us", median(beside), median(without)).atMost(1.15),
        Figure.beside("hung.p99", "us", p99(beside), p99(without)));
  }

  private static List<String> hang(Counter counter, Asker asker) throws IOException {
    counter.hang(HUNG, true);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < QUEUED; i++) {
      String id = Names.random();
      ids.add(id);
      asker.send(
          new Asker.Question(
              counter.command(HUNG),
              "x-echo.say",
              ",\"parameters\":{\"text\":\"hello\"},\"timeout\":\"PT5M\"",
              ""),
          id);
    }
    return ids;
  }

  /** Cancels what waits, then what runs, and lets the device come back. */
  private static void mend(Counter counter, Asker asker, List<String> hung)
      throws IOException, InterruptedException {
    counter.hang(HUNG, false);
    for (int i = hung.size() - 1; i >= 0; i--) {
      String which = ",\"parameters\":{\"id\":\"" + hung.get(i) + "\"}";
      asker.send(
          new Asker.Question(counter.command("agent"), "agent.cancel", which, ""), Names.random());
    }
    asker.reply(Counter.status(counter.command(HUNG)));
  }

  private static double median(List<Sample> samples) {
    return Sample.median(samples.stream().mapToDouble(Sample::median).toArray());
  }

  private static double p99(List<Sample> samples) {
    return Sample.median(samples.stream().mapToDouble(Sample::p99).toArray());
  }
}
