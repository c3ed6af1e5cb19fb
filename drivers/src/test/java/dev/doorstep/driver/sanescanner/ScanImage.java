package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.device.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scanning program of SANE's makers. */
final class ScanImage {
  private ScanImage() {}

  /** Has it scan from a device of that configuration, without any daemon; gives a PNG. */
  static Path scan(Path configuration, String device, String... options)
      throws IOException, InterruptedException {
    Path png = configuration.resolve("scanned.png");
    Path log = configuration.resolve("scanimage.log");
    List<String> command = new ArrayList<>();
    command.add(Programs.find("scanimage").orElseThrow().toString());
    command.addAll(List.of("-d", device, "--format=png", "--output-file=" + png));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SANE_CONFIG_DIR", configuration.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    return png;
  }
}
