package dev.doorstep.agent.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that is to be written of one thing. Belongs to {@link Pending} until it is taken. */
interface Change {
  /**
   * Writes it inside of a transaction.
   *
   * @return why it makes no sense, although the disk is willing
   */
  Optional<JournalException> write(Rows rows) throws SQLException;

  /** Whether the commit has to wait for the disk. */
  boolean synced();

  /** What became of it: who is to be told, each once, and whether it is to be tried again. */
  record Settled(List<Consumer<Written>> waiting, boolean again) {}

  /** It was written, or not; nobody waits for it any more. */
  Settled settle(Optional<JournalException> failure);

  /** How much memory it takes, in bytes. */
  int size();

  /** Puts an earlier change of the same thing, that could not be written, under this one. */
  void takeOver(Change earlier);
}
