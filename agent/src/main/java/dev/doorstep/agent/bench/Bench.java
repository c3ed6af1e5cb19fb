package dev.doorstep.agent.bench;

import dev.doorstep.simulator.testing.MosquittoBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures an agent of this build. Each part starts a process of its own. */
public final class Bench implements AutoCloseable {
  private final Path folder;
  private final Optional<MosquittoBroker> own;
  private final URI broker;
  private final BenchSize size;
  private final Consumer<String> progress;

  /** What can be measured. */
  public enum Part {
    /** {@code device.status} and {@code id-card.read}, one at a time and sixteen. */
    ROUND_TRIP,
    /** A large document, down and up. */
    BLOB,
    /** A device beside one that hangs. */
    HANG,
    /** Start to ready. */
    START,
    /** Memory after many commands. */
    MEMORY
  }

  /**
   * Starts a mosquitto with TCP_NODELAY, unless there is a broker.
   *
   * @param broker the broker to use
   * @param progress is told what is being done
   * @throws IOException if there is no temporary folder
   */
  public Bench(Optional<URI> broker, BenchSize size, Consumer<String> progress) throws IOException {
    this.folder = Files.createTempDirectory("doorstep-bench");
    this.size = size;
    this.progress = progress;
    this.own = broker.isPresent() ? Optional.empty() : Optional.of(MosquittoBroker.start(folder));
    this.broker = broker.orElseGet(() -> URI.create(own.orElseThrow().url()));
  }

  /** Measures one part. */
  public List<Figure> measure(Part part) throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve(part.name()));
    Place place = new Place(own, broker, size, progress);
    return switch (part) {
      case ROUND_TRIP -> new RoundTrips(place).measure();
      case BLOB -> new Transfers(place).measure();
      case HANG -> new HungNeighbour(place).measure();
      case START -> new Starts(place).starts();
      case MEMORY -> new Starts(place).memory();
    };
  }

  @Override
  public void close() throws IOException {
    own.ifPresent(MosquittoBroker::close);
    Parts.delete(folder);
  }
}
