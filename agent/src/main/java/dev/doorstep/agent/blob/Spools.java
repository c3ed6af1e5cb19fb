package dev.doorstep.agent.blob;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closing what is on disk, which nobody waits for. */
final class Spools {
  private static final Logger LOG = LoggerFactory.getLogger(Spools.class);

  private Spools() {}

  /** Closes it; a disk that fails at this is told in the log, since nothing else depends on it. */
  static void close(Closeable spool) {
    try {
      spool.close();
    } catch (IOException e) {
      LOG.warn("a large document could not be deleted from its spool folder", e);
    }
  }
}
