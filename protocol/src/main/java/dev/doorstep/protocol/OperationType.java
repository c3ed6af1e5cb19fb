package dev.doorstep.protocol;

import java.util.regex.Pattern;

/**
 * An operation by name, with the records of its parameters and result.
 *
 * @param name such as {@code id-card.read}; operations of others begin with {@code x-}
 * @param parameters the record of the parameters
 * @param result the record of the result
 */
public record OperationType<P extends Operation<R>, R>(
    String name, Class<P> parameters, Class<R> result) {
  private static final Pattern NAME = Pattern.compile("(?=.{1,64}$)[a-z0-9-]+(\\.[a-z0-9-]+)+");

  /** Checks the name. */
  public OperationType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of an operation: " + name);
    }
  }
}
