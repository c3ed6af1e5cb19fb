package dev.doorstep.simulator.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves anything behind: a live thread whose name begins with {@code
 * doorstep-} or that is no daemon, a child process, or a file in the temporary folder whose name
 * begins with {@code doorstep}. What is on its way out has five seconds.
 *
 * <p>A module has it for all its test classes by naming it in {@code
 * META-INF/services/org.junit.jupiter.api.extension.Extension} of its test resources.
 */
public final class LeavesNothing implements BeforeAllCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(LeavesNothing.class);

  /** How long to wait, as ISO 8601, for tests of this class. */
  static final String PATIENCE = "doorstep.leaves-nothing.patience";

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (outermost(context)) {
      context.getStore(NAMESPACE).put(Traces.class, Traces.now());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Traces before = context.getStore(NAMESPACE).get(Traces.class, Traces.class);
    if (outermost(context) && before != null) {
      Duration patience =
          context.getConfigurationParameter(PATIENCE, Duration::parse).orElse(DEFAULT_PATIENCE);
      List<String> left = leftSince(before, patience);
      if (!left.isEmpty()) {
        throw new AssertionError(
            context.getDisplayName() + " left behind: " + String.join(", ", left));
      }
    }
  }

  /** What is still there of what came after a moment, once it had time to go. */
  private static List<String> leftSince(Traces before, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    List<String> left = Traces.now().since(before);
    while (!left.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      left = Traces.now().since(before);
    }
    return left;
  }

  /** A nested class shares what its outer class has set up. */
  private static boolean outermost(ExtensionContext context) {
    return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
  }
}
