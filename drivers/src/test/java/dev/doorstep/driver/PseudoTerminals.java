package dev.doorstep.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests on pseudo-terminals: one class at a time, in whatever JVM. The kernel gives the number of a
 * line that is gone to the next one, so whoever opens a line anew while it is unplugged may open
 * and close that of another test.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PseudoTerminals.Turn.class)
public @interface PseudoTerminals {
  /** Waits until no other class has them. */
  final class Turn implements BeforeAllCallback, AfterAllCallback {
    private static final Path LOCK = Path.of("target", "pseudo-terminals.lock");
    private static final ExtensionContext.Namespace PLACE =
        ExtensionContext.Namespace.create(Turn.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      FileChannel channel =
          FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      context.getStore(PLACE).put(FileChannel.class, channel);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      try {
        FileChannel channel = context.getStore(PLACE).remove(FileChannel.class, FileChannel.class);
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
