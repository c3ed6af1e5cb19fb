package dev.doorstep.protocol.constraint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of a number, the length of a text in characters, the number of entries of a list or
 * map, or the range of a duration in seconds. Stands before the type it is of: {@code
 * Optional<@Bounds(max = 100) String>}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Bounds {
  /** The smallest. */
  long min() default Long.MIN_VALUE;

  /** The largest. */
  long max() default Long.MAX_VALUE;

  /** Whether {@link #min} itself is too small. */
  boolean above() default false;
}
