package dev.doorstep.protocol.constraint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form of a text. Stands before the type it is of, as {@link Bounds} does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Matches {
  /** A name of the contract: 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
  String NAME = "^[A-Za-z0-9_-]{1,64}$";

  /** A text without control characters. */
  String PRINTABLE = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

  /** A regular expression that Java and ECMA 262 read alike. */
  String value();
}
