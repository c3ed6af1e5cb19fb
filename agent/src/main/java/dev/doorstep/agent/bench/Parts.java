package dev.doorstep.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closing of what was started, one part after the other, whatever fails. */
final class Parts {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);
  private static final long PATIENCE_SECONDS = 5;

  private Parts() {}

  static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.warn("a part of the measurement does not close", e); // the others are to be all the same
    }
  }

  /** Waits until a thread that was told to end has. */
  static void await(ExecutorService thread) {
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a thread of the measurement does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
