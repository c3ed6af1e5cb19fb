package dev.doorstep.agent.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the journal is and how much it keeps.
 *
 * @param folder the folder of {@code journal.db} and what belongs to it; made if it is not there
 * @param keyFile the key of what is encrypted; made on first use, never overwritten
 * @param nativeFolder where the database's native library unpacks; made if it is not there
 * @param largestBytes how large {@code journal.db} may become
 * @param keptFor how long a command is kept that has ended, counted to the newest command; twice as
 *     long if its reply was not delivered
 * @param keptCommands how many commands are kept, those aside that are unfinished or undelivered
 */
public record JournalSettings(
    Path folder,
    Path keyFile,
    Path nativeFolder,
    long largestBytes,
    Duration keptFor,
    int keptCommands) {
  /** The smallest limit that leaves room for the tables themselves. */
  static final long LEAST_BYTES = 128 << 10;

  private static final long DEFAULT_BYTES = 512L << 20;
  private static final Duration DEFAULT_KEPT_FOR = Duration.ofDays(30);
  private static final int DEFAULT_KEPT_COMMANDS = 100_000;

  /** Checks the limits. */
  public JournalSettings {
    if (largestBytes < LEAST_BYTES) {
      throw new IllegalArgumentException("a journal needs at least " + LEAST_BYTES + " bytes");
    }
    if (keptFor.isNegative() || keptFor.isZero() || keptCommands < 1) {
      throw new IllegalArgumentException("a journal keeps a positive number of days and commands");
    }
  }

  /** The usual ones below a data folder: 512 MiB, 30 days, 100 000 commands. */
  public static JournalSettings in(Path data) {
    return new JournalSettings(
        data,
        data.resolve("journal.key"),
        data.resolve("native"),
        DEFAULT_BYTES,
        DEFAULT_KEPT_FOR,
        DEFAULT_KEPT_COMMANDS);
  }

  /** The same with another key file. */
  public JournalSettings withKeyFile(Path other) {
    return new JournalSettings(folder, other, nativeFolder, largestBytes, keptFor, keptCommands);
  }

  Path database() {
    return folder.resolve("journal.db");
  }
}
