package dev.doorstep.protocol;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in the contract's words where a message is wrong, and never what was found there. */
final class Refusals {
  private static final int LONGEST_MEMBER = 64;

  private Refusals() {}

  /**
   * What {@link Codec} throws instead.
   *
   * @param root the path of what was read, within the whole message
   */
  static InvalidMessageException of(JacksonException e, String root) {
    if (e instanceof InputCoercionException coercion) {
      String text = "must be " + article(coercion.getTargetType());
      return new InvalidMessageException(path(root, e), text);
    }
    if (e instanceof StreamReadException) {
      var place = e.getLocation();
      return new InvalidMessageException(
          root, "no JSON at line " + place.getLineNr() + ", column " + place.getColumnNr());
    }
    if (e instanceof DatabindException databind) {
      return new InvalidMessageException(path(root, e), text(databind));
    }
    return new InvalidMessageException(root, "no JSON within the limits");
  }

  private static String text(DatabindException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return "unknown member";
    }
    if (e instanceof InvalidNullException) {
      return "must not be null";
    }
    Throwable cause = e.getCause();
    if (e instanceof ValueInstantiationException && cause != null) {
      return words(cause);
    }
    if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return "must be one of " + Arrays.toString(format.getTargetType().getEnumConstants());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "must be " + article(mismatch.getTargetType());
    }
    return "does not fit";
  }

  /** The words of a record's own check; those of the JDK's checks may repeat what was found. */
  private static String words(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof NullPointerException) {
      return message != null && message.endsWith(" is missing")
          ? message
          : "a member is missing or null";
    }
    // The class itself: its subclasses are the JDK's, such as NumberFormatException.
    return message != null && cause.getClass() == IllegalArgumentException.class
        ? message
        : "does not fit";
  }

  private static String article(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as PT5S";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == String.class) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return "an object";
  }

  private static String path(String root, JacksonException e) {
    StringBuilder path = new StringBuilder(root);
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(printable(step.getPropertyName()));
      }
    }
    return path.toString();
  }

  private static String printable(String member) {
    String shown = member.replaceAll("[^\\p{L}\\p{N}_-]", "?");
    return shown.length() <= LONGEST_MEMBER ? shown : shown.substring(0, LONGEST_MEMBER) + "…";
  }
}
