package dev.doorstep.agent.bench;

import dev.doorstep.simulator.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A short life of an agent, of which Java keeps the classes in an archive for later starts. */
public final class Training {
  private static final int READINGS = 20;

  private Training() {}

  /** Makes the archive that the argument names. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path archive = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("doorstep-training");
    try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
      live(folder, URI.create(broker.url()), archive);
    } finally {
      Parts.delete(folder);
    }
    System.exit(Files.exists(archive) ? 0 : 1); // the broker's threads are of no more use
  }

  private static void live(Path folder, URI broker, Path archive)
      throws IOException, InterruptedException {
    List<String> keep = List.of("-XX:ArchiveClassesAtExit=" + archive);
    try (Counter counter = Counter.ofAllKinds();
        RunningAgent agent = RunningAgent.start(folder, broker, counter, keep);
        Asker asker = new Asker(broker, counter.replies("training"))) {
      Sample sample = asker.ask(counter.cardReadings(), READINGS, 1);
      if (sample.wrong() > 0) {
        throw new IOException(sample.wrong() + " replies are wrong after " + agent.startTime());
      }
    }
  }
}
