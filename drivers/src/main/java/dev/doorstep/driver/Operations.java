package dev.doorstep.driver;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The table of what a device can do: name to type, effect and handler. Immutable. */
public final class Operations {
  private final Map<String, Entry<?, ?>> entries;

  private Operations(Map<String, Entry<?, ?>> entries) {
    this.entries = entries;
  }

  /**
   * One line of the table.
   *
   * @param type the operation
   * @param effect what it does to the world, told from the parameters
   * @param handler what carries it out
   */
  public record Entry<P extends Operation<R>, R>(
      OperationType<P, R> type, Function<? super P, Effect> effect, Handler<P, R> handler) {}

  /** A line whose effect is the same for all parameters. */
  public static <P extends Operation<R>, R> Entry<P, R> entry(
      OperationType<P, R> type, Effect effect, Handler<P, R> handler) {
    return new Entry<>(type, parameters -> effect, handler);
  }

  /**
   * The table of some lines.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static Operations of(Entry<?, ?>... lines) {
    Map<String, Entry<?, ?>> entries = new LinkedHashMap<>();
    for (Entry<?, ?> line : lines) {
      if (entries.put(line.type().name(), line) != null) {
        throw new IllegalArgumentException("two handlers of " + line.type().name());
      }
    }
    return new Operations(entries);
  }

  /** The line of an operation, or empty if the device does not offer it. */
  public Optional<Entry<?, ?>> find(String operation) {
    return Optional.ofNullable(entries.get(operation));
  }

  /** All lines, in their order. */
  public Collection<Entry<?, ?>> all() {
    return java.util.Collections.unmodifiableCollection(entries.values());
  }
}
