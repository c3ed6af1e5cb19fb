package dev.doorstep.simulator.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a test, or every test of a class, needs a program of this machine. Where the program is
 * missing, the test is left out with a message that names the Debian package, or fails if the
 * system property {@code doorstep.components} is {@code required}. Either way it is counted, see
 * {@link ComponentCount}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RealComponent.All.class)
@ExtendWith(RealComponentCondition.class)
public @interface RealComponent {

  /** The program's name, such as {@code mosquitto}. */
  String value();

  /** Several programs. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(RealComponentCondition.class)
  @interface All {
    /** Each of them is needed. */
    RealComponent[] value();
  }
}
