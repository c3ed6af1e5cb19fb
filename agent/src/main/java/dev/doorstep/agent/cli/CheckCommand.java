package dev.doorstep.agent.cli;

import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.DeviceEntry;
import dev.doorstep.agent.link.BrokerTrial;
import dev.doorstep.agent.local.Desk;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: is the configuration right, and does every device answer. */
@Command(name = "check")
final class CheckCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "config")
  private Path file = Path.of("doorstep.yaml");

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /**
   * What {@code --json} prints.
   *
   * @param broker whether the broker lets the point in
   * @param brokerProblem why not
   * @param devices the status of each device
   */
  private record Report(
      boolean broker, Optional<String> brokerProblem, Map<String, DeviceStatus> devices) {}

  @Override
  public Integer call() throws Exception {
    LoadedConfiguration loaded = LoadedConfiguration.read(file);
    Configuration configuration = loaded.configuration();
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> problem = BrokerTrial.problem(configuration.mqtt()).map(Texts::failure);
    boolean broker = problem.isEmpty();
    if (!json) {
      out.println(Texts.text("check.configuration", file.toString()));
      String url = configuration.mqtt().url().toString();
      out.println(
          problem
              .map(text -> Texts.text("check.no-broker", url, text))
              .orElseGet(() -> Texts.text("check.broker", url)));
    }
    Map<String, DeviceStatus> devices = new LinkedHashMap<>();
    try (Desk desk = new Desk(configuration, loaded.drivers())) {
      for (DeviceEntry device : configuration.devices()) {
        DeviceStatus status = status(desk, device.id());
        devices.put(device.id(), status);
        if (!json) {
          out.println(line(device, status));
          out.flush();
        }
      }
    }
    if (json) {
      out.println(Codec.text(new Report(broker, problem, devices)));
    }
    out.flush();
    return exitStatus(broker, devices);
  }

  private static int exitStatus(boolean broker, Map<String, DeviceStatus> devices) {
    long offline = devices.values().stream().filter(s -> s.state().is(State.OFFLINE)).count();
    if (broker && offline == 0) {
      return ExitStatus.DONE;
    }
    return !broker && offline == devices.size() ? ExitStatus.UNREACHABLE : ExitStatus.FAILED;
  }

  private static DeviceStatus status(Desk desk, String device) throws Exception {
    var reply =
        desk.carryOut(
                device,
                dev.doorstep.protocol.Command.of(Names.random(), new ReadDeviceStatus(), PATIENCE),
                update -> {})
            .reply();
    return Codec.read(
        DeviceStatus.class,
        reply.result().orElseThrow(() -> new IOException(device + ": " + reply)));
  }

  private static String line(DeviceEntry device, DeviceStatus status) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                "%-12s %-8s %-14s %s",
                device.id(), status.state(), device.driver(), device.connection()));
    status.model().ifPresent(model -> line.append("  ").append(model));
    status.serial().ifPresent(serial -> line.append("  ").append(serial));
    status
        .cause()
        .ifPresent(
            cause ->
                line.append("\n")
                    .append(" ".repeat(13))
                    .append(cause.code())
                    .append(": ")
                    .append(cause.text()));
    return line.toString();
  }
}
