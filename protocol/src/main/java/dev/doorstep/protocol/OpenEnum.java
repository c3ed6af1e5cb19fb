package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * A name from a set that may grow: a reader of today keeps a value of tomorrow as text.
 *
 * @param text the name as it stands on the wire
 * @param <E> the names known today; the form on the wire is their {@code toString()}
 */
public record OpenEnum<E extends Enum<E>>(@JsonValue String text) {
  private static final int LONGEST = 64;

  /** Takes any text of at most 64 characters. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OpenEnum {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a name must be at most 64 characters long");
    }
  }

  /** The open form of a known value. */
  public static <E extends Enum<E>> OpenEnum<E> of(E value) {
    return new OpenEnum<>(value.toString());
  }

  /** The known value that this is, or empty if this reader does not know it. */
  public Optional<E> as(Class<E> names) {
    for (E value : names.getEnumConstants()) {
      if (value.toString().equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** Whether this is the given known value. */
  public boolean is(E value) {
    return value.toString().equals(text);
  }

  /** The text itself. */
  @Override
  public String toString() {
    return text;
  }
}
