package dev.doorstep.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

class LeavesNothingTest {

  private static final Deque<AutoCloseable> LEFT = new ArrayDeque<>();

  @AfterEach
  void cleanUp() throws Exception {
    while (!LEFT.isEmpty()) {
      LEFT.pop().close();
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class Clean {
    @Test
    void usesAThreadAndWaitsForIt() throws Exception {
      thread("doorstep-short", false, new CountDownLatch(0)).join();
      thread("somebody-elses", true, new CountDownLatch(1));
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class LeavesOurThread {
    @Test
    void leaves() {
      thread("doorstep-left", true, new CountDownLatch(1));
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class LeavesAThreadThatIsNoDaemon {
    @Test
    void leaves() {
      thread("left", false, new CountDownLatch(1));
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class LeavesAProcess {
    @Test
    void leaves() throws IOException {
      Process process = new ProcessBuilder("sleep", "60").start();
      LEFT.push(() -> process.destroyForcibly().waitFor());
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class LeavesAFile {
    @Test
    void leaves() throws IOException {
      Path file = Files.createTempFile("doorstep", ".tmp");
      LEFT.push(() -> Files.delete(file));
    }
  }

  @ExtendWith(LeavesNothing.class)
  static class LeavesInANestedClass {
    @Nested
    class Inner {
      @Test
      void leaves() {
        thread("doorstep-inner", true, new CountDownLatch(1));
      }
    }
  }

  private static Thread thread(String name, boolean daemon, CountDownLatch end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(daemon);
    thread.start();
    LEFT.push(
        () -> {
          end.countDown();
          thread.join();
        });
    return thread;
  }

  private static String failure(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameter(LeavesNothing.PATIENCE, "PT0.1S")
        .execute()
        .containerEvents()
        .failed()
        .stream()
        .findFirst()
        .flatMap(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable())
        .map(Throwable::getMessage)
        .orElse("");
  }

  @Test
  void isContentWithAClassThatCleansUp() {
    assertThat(failure(Clean.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LeavesOurThread, thread doorstep-left",
    "LeavesAThreadThatIsNoDaemon, thread left",
    "LeavesAProcess, process [0-9]+ .*sleep",
    "LeavesAFile, file .*doorstep[0-9]+[.]tmp",
    "LeavesInANestedClass, thread doorstep-inner",
  })
  void failsAClassAndNamesWhatItLeft(String name, String left) throws Exception {
    Class<?> tests = Class.forName(LeavesNothingTest.class.getName() + "$" + name);

    assertThat(failure(tests)).matches(".*" + name + " left behind: " + left);
  }
}
