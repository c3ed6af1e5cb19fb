package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written of one command: all that became of it since the last group, so that one
 * that came and ended meanwhile is a single row written once. Guarded by {@link Pending}.
 */
final class CommandChange implements Change {
  private final CommandKey key;
  private final List<Consumer<Written>> waiting = new ArrayList<>(2);
  private @Nullable Taken taken;
  private @Nullable ReplyAddress address;
  private Rows.@Nullable End end;
  private boolean acting;
  private boolean delivered;
  private boolean synced;

  CommandChange(CommandKey key) {
    this.key = key;
  }

  void enter(Taken command, Consumer<Written> written) {
    taken = command;
    address = command.address().orElse(null);
    synced |= command.effect() == Effect.PHYSICAL;
    waiting.add(written);
  }

  void act(Consumer<Written> written) {
    acting = true;
    synced = true;
    waiting.add(written);
  }

  void end(Rows.End how, boolean physical, Consumer<Written> written) {
    end = how;
    synced |= physical;
    waiting.add(written);
  }

  void deliver() {
    delivered = true;
  }

  void address(ReplyAddress newest) {
    address = newest;
  }

  @Override
  public Optional<JournalException> write(Rows rows) throws SQLException {
    Optional<Rows.End> how = Optional.ofNullable(end);
    if (taken != null) {
      return rows.enter(taken, acting, Optional.ofNullable(address), how, delivered)
          ? Optional.empty()
          : defect("was entered before");
    }
    if (address != null) {
      rows.address(key, address);
    }
    if (how.isPresent()) {
      return rows.end(key, how.get(), delivered)
          ? Optional.empty()
          : defect("was not entered, or has ended before");
    }
    if (acting && !rows.act(key)) {
      return defect("was not entered, or has ended before");
    }
    if (delivered) {
      rows.deliver(key);
    }
    return Optional.empty();
  }

  private Optional<JournalException> defect(String what) {
    return Optional.of(
        new JournalException(ErrorCode.INTERNAL, "command " + key.id() + " " + what));
  }

  @Override
  public boolean synced() {
    return synced;
  }

  /** Again goes what cannot be taken back: an end and a delivery, with the entry before them. */
  @Override
  public Settled settle(Optional<JournalException> failure) {
    List<Consumer<Written>> told = List.copyOf(waiting);
    waiting.clear();
    boolean defect = failure.filter(e -> e.code() == ErrorCode.INTERNAL).isPresent();
    boolean lasting = end != null || (delivered && taken == null);
    return new Settled(told, failure.isPresent() && !defect && lasting);
  }

  @Override
  public int size() {
    int size = end == null ? 0 : end.reply().map(bytes -> bytes.length).orElse(0);
    return taken == null ? size : size + taken.size();
  }

  @Override
  public void takeOver(Change earlier) {
    CommandChange before = (CommandChange) earlier;
    taken = taken == null ? before.taken : taken;
    address = address == null ? before.address : address;
    end = end == null ? before.end : end;
    acting |= before.acting;
    delivered |= before.delivered;
    synced |= before.synced;
  }

  CommandKey key() {
    return key;
  }

  /** Whether it holds the command itself. */
  boolean entered() {
    return taken != null;
  }

  /** What this adds to what is known otherwise. */
  Optional<Known> over(Optional<Known> before) {
    String digest = taken == null ? before.map(Known::digest).orElse(null) : taken.digest();
    if (digest == null) {
      return Optional.empty(); // only an address or a delivery of a command that was pruned
    }
    boolean nobodyWaits = end != null && taken != null && address == null;
    return Optional.of(
        new Known(
            digest,
            end == null && (acting || before.filter(Known::acting).isPresent()),
            end == null ? before.flatMap(Known::end) : Optional.of(end.state()),
            end == null ? before.flatMap(Known::reply) : end.reply(),
            delivered || nobodyWaits || before.filter(Known::delivered).isPresent()));
  }
}
