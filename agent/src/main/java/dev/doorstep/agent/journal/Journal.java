package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * What must still be known after the agent or the machine died: which commands came, what they
 * asked, how they ended, and which replies and events the broker does not have.
 *
 * <p>Any thread may call anything, except that {@link #acting} may not be called by a {@code
 * written} callback. Changes are written in groups on one thread of the journal's own, and that
 * thread makes the callbacks, in the order of the groups. A callback is to return soon; what it
 * throws is logged. Changes of the same command are written together, in the order in which they
 * were made.
 *
 * <p>A change of a {@code PHYSICAL} command is synced to disk before it is told as written, and is
 * written at once. A change of a {@code SAFE} command waits up to 50 ms for others and is never
 * synced by itself: it survives the death of the agent, not that of the machine.
 *
 * <p>Where the disk or the journal's limit is full, an entry fails with {@code STORAGE_FULL} and is
 * forgotten: the command must not be carried out. An end or a delivery cannot be taken back: it
 * fails too, is kept in memory, and is written as soon as there is space. To make space below its
 * own limit the journal lets go the oldest stored replies that were delivered; ids, digests and
 * states stay, so that nothing is done twice. What meets a defect of the journal's own fails with
 * {@code INTERNAL}, is forgotten, and takes no other change with it.
 */
public final class Journal implements AutoCloseable {
  private final Clock clock;
  private final JournalFolder folder;
  private final OpenStore store;
  private final Pending pending = new Pending();
  private final KeyFilter filter = new KeyFilter();
  private final JournalWriter writer;
  private final Set<CommandKey> physical = ConcurrentHashMap.newKeySet(); // and not ended

  private Journal(Clock clock, JournalFolder folder, OpenStore store) {
    this.clock = clock;
    this.folder = folder;
    this.store = store;
    this.writer = new JournalWriter(pending, store, filter);
  }

  /**
   * Opens the journal of a folder, makes it where there is none, and brings an older format up to
   * date. A damaged file is kept aside as {@code journal.db.damaged-…}, and a new one begun.
   *
   * @param clock what commands are pruned by
   * @throws JournalException if another process has it open, a newer version wrote it, the key file
   *     is unusable, or the folder cannot be written
   */
  public static Journal open(JournalSettings settings, Clock clock) throws JournalException {
    JournalFolder folder = JournalFolder.take(settings);
    Optional<OpenStore> store = Optional.empty();
    boolean open = false;
    try {
      Vault vault = Vault.open(settings.keyFile());
      store = Optional.of(OpenStore.open(settings, vault, clock));
      Journal journal = new Journal(clock, folder, store.get());
      journal.physical.addAll(store.get().read(Queries::physical));
      journal.writer.start();
      open = true;
      return journal;
    } finally {
      if (!open) {
        store.ifPresent(OpenStore::close);
        folder.close();
      }
    }
  }

  /**
   * What is known of a command, also if it is not on disk yet. Takes some microseconds.
   *
   * @throws JournalException if the disk cannot be read: whether it came before is not known, and
   *     it must not be carried out; {@code STOPPING} if the journal is closed
   */
  public Optional<Known> find(CommandKey key) throws JournalException {
    List<CommandChange> changes = pending.of(key);
    Optional<Known> known = Optional.empty();
    boolean whole = !changes.isEmpty() && pending.entered(changes.get(0));
    if (pending.isClosed()) {
      throw closed();
    }
    if (!whole && (!changes.isEmpty() || filter.mayHold(key))) {
      known = store.read(disk -> disk.find(key));
    }
    return pending.over(changes, known);
  }

  /**
   * Takes a command on. Returns at once; the command is known to {@link #find} from now on. The
   * caller sees to it that a key is entered once: a known one fails with {@code INTERNAL}.
   *
   * @param written told once: the command is safe, or it is forgotten and must not be carried out
   * @throws JournalException if so much waits for the disk that no more is taken ({@code
   *     STORAGE_FULL}), or the journal is closed ({@code STOPPING}); {@code written} is not told
   */
  public void enter(Taken command, Consumer<Written> written) throws JournalException {
    if (pending.isFull()) {
      throw new JournalException(
          ErrorCode.STORAGE_FULL, "the disk does not keep up: as many changes wait as are kept");
    }
    boolean open;
    if (command.effect() == Effect.PHYSICAL) {
      physical.add(command.key());
      open =
          pending.command(command.key(), c -> c.enter(command, w -> entered(command, w, written)));
    } else {
      open = pending.command(command.key(), c -> c.enter(command, written));
    }
    if (!open) {
      throw closed();
    }
  }

  private void entered(Taken command, Written what, Consumer<Written> written) {
    if (what.failure().filter(e -> e.code() != ErrorCode.INTERNAL).isPresent()) {
      physical.remove(command.key());
    }
    written.accept(what);
  }

  /**
   * The device of a {@code PHYSICAL} command may act as soon as this returns. Blocks until that is
   * on disk: some milliseconds.
   *
   * @throws JournalException if it is not on disk: the device must not act. Also if the thread is
   *     interrupted; it stays so
   */
  public void acting(CommandKey key) throws JournalException {
    if (writer.isThisThread()) {
      throw new IllegalStateException("the journal's thread would wait for itself");
    }
    CompletableFuture<Written> done = new CompletableFuture<>();
    if (!pending.command(key, change -> change.act(done::complete))) {
      throw closed();
    }
    try {
      Optional<JournalException> failure = done.get().failure();
      if (failure.isPresent()) {
        throw failure.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(
          ErrorCode.INTERNAL, "interrupted while command " + key.id() + " was written", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the writer only completes it", e);
    }
  }

  /**
   * A command ended. Its body is forgotten.
   *
   * @param state a final one
   * @param reply the final reply, not changed any more; empty for the result of a {@code SAFE}
   *     command
   * @param written told once: the end is safe, or it is kept in memory and tried again until there
   *     is space ({@code STORAGE_FULL}). {@code INTERNAL} if no such command was entered
   */
  public void ended(
      CommandKey key, State state, Optional<byte[]> reply, Consumer<Written> written) {
    if (!state.isFinal()) {
      throw new IllegalArgumentException(state + " is no end");
    }
    boolean wasPhysical = physical.remove(key);
    Rows.End end = new Rows.End(state, clock.instant(), reply);
    if (!pending.command(key, change -> change.end(end, wasPhysical, written))) {
      written.accept(new Written(Optional.of(closed())));
    }
  }

  /** The broker has the final reply to a command that ended. Returns at once. */
  public void delivered(CommandKey key) {
    pending.command(key, CommandChange::deliver);
  }

  /**
   * The client came again: its final reply goes here. Returns at once; does not make a reply due.
   */
  public void readdress(CommandKey key, ReplyAddress newest) {
    pending.command(key, change -> change.address(newest));
  }

  /**
   * The commands on disk that have not ended, in order of arrival. For the start: what has not been
   * written yet is not among them.
   *
   * @throws JournalException if the disk cannot be read
   */
  public List<Unfinished> unfinished() throws JournalException {
    return store.read(disk -> disk.unfinished(clock.instant()));
  }

  /**
   * The commands on disk that ended and whose reply the broker does not have, in order of arrival;
   * only those with an address. For the start, as {@link #unfinished}.
   *
   * @param most how many at most
   * @throws JournalException if the disk cannot be read
   */
  public List<Undelivered> undelivered(int most) throws JournalException {
    return store.read(disk -> disk.undelivered(most));
  }

  /**
   * Keeps an event until the broker has it. Never one that stands for a person. Returns at once;
   * not synced. Of more than {@value Store#MOST_EVENTS} the oldest are let go, and while the disk
   * is full the newest.
   */
  public void event(StoredEvent event) {
    pending.event(event.id(), change -> change.add(event));
  }

  /** The broker has an event: it is forgotten. */
  public void eventDelivered(String id) {
    pending.event(id, EventChange::deliver);
  }

  /**
   * The events on disk that the broker does not have, in order. For the start, as {@link
   * #unfinished}.
   *
   * @throws JournalException if the disk cannot be read
   */
  public List<StoredEvent> events() throws JournalException {
    return store.read(Queries::events);
  }

  /**
   * Blocks until everything that waits now was tried to be written and its callbacks have returned.
   * For an orderly stop: whoever is told by a callback that a reply is safe has handed it on when
   * this returns. Callbacks of changes that are made meanwhile may follow.
   *
   * @param most how long to wait at most
   * @return whether all have returned; not if the time ran out, or the thread is interrupted, which
   *     it stays
   */
  public boolean flush(Duration most) {
    if (writer.isThisThread()) {
      throw new IllegalStateException("the journal's thread would wait for itself");
    }
    try {
      return pending.flush(most.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes what waits, makes its callbacks, and closes the files. Later changes are not kept. */
  @Override
  public void close() {
    writer.close();
    store.close();
    folder.close();
  }

  private static JournalException closed() {
    return new JournalException(ErrorCode.STOPPING, "the journal is closed");
  }
}
