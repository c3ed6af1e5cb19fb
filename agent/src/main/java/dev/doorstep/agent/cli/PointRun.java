package dev.doorstep.agent.cli;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.EarlyWork;
import dev.doorstep.agent.config.DeviceEntry;
import dev.doorstep.driver.paper.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

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
    Instant begun = Instant.now();
    Path temporary = keepTemporaryFilesIn(loaded.configuration().data());
    try (ToldToEnd told = ToldToEnd.begin();
        Agent agent = Agent.start(loaded.configuration(), loaded.drivers())) {
      Worker.sweep(temporary, begun); // of an agent that was killed: no other one runs here
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
      told.await();
    }
    return ExitStatus.DONE;
  }

  /**
   * Native libraries unpack below the temporary folder, which hardened machines forbid to run
   * programs from. jSerialComm 2.11 reads this property when it is first used.
   */
  private static Path keepTemporaryFilesIn(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve("native"));
    System.setProperty("java.io.tmpdir", folder.toString());
    return folder;
  }
}
