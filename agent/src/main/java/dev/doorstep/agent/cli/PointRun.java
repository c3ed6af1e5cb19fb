package dev.doorstep.agent.cli;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.EarlyWork;
import dev.doorstep.agent.config.DeviceEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The agent of a point, from its configuration until it is told to end. */
final class PointRun {
  private PointRun() {}

  /**
   * Runs it and gives the exit status.
   *
   * @param out is told where it is found
   */
  static int run(Path file, PrintWriter out) throws Exception {
    EarlyWork.begin();
    LoadedConfiguration loaded = LoadedConfiguration.read(file);
    keepNativesIn(loaded.configuration().data());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              if (ended.getCount() == 0) {
                return; // it ended by itself, with a status of its own
              }
              asked.countDown();
              try {
                ended.await(); // the process ends when the last hook does
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              // Ended as asked: status 0, where a Java that ends on a signal would give 143.
              Runtime.getRuntime().halt(ExitStatus.DONE);
            },
            "doorstep-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Agent agent = Agent.start(loaded.configuration(), loaded.drivers())) {
      out.println(
          Texts.text(
              "run.started",
              loaded.configuration().point().id(),
              String.valueOf(agent.localPort().orElse(0))));
      for (DeviceEntry device : loaded.configuration().devices()) {
        agent
            .screen(device.connection().address())
            .ifPresent(page -> out.println(Texts.text("run.screen", device.id(), page.toString())));
      }
      out.flush();
      asked.await();
    } finally {
      ended.countDown();
    }
    return ExitStatus.DONE;
  }

  /**
   * Native libraries unpack below the temporary folder, which hardened machines forbid to run
   * programs from. jSerialComm 2.11 reads this property when it is first used.
   */
  private static void keepNativesIn(Path data) throws IOException {
    System.setProperty(
        "java.io.tmpdir", Files.createDirectories(data.resolve("native")).toString());
  }
}
