package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * USB by the real libusb on a played usbfs. The trials run in a program of their own, since
 * umockdev has to be there from its beginning; one that crashes is a failure of the trial in it.
 */
class UsbTransportTest {
  @TempDir private Path folder;

  /** Other devices are not touched by it: nothing of USB is loaded before one is opened. */
  @Test
  void aMachineWithoutALibraryIsToldSo() throws Exception {
    List<String> lines =
        run(java("-Dos.arch=abacus", UsbWithoutLibrary.class.getName()), Duration.ofSeconds(60));
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("NOT_CONNECTED"));
    assertThat(lines.get(0)).contains("usb:0400:c35a: no USB library for this machine");
  }

  @TestFactory
  @RealComponent("umockdev-wrapper")
  @RealComponent("umockdev-for-python3")
  @Timeout(300)
  Stream<DynamicTest> trials() throws Exception {
    List<String> lines = runAll();
    return UsbTrials.ALL.keySet().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> assertThat(lines).as(String.join("\n", lines)).contains("good " + name)));
  }

  private List<String> runAll() throws IOException, InterruptedException {
    Path bus = folder.resolve("usb_bus.py");
    try (InputStream script = getClass().getResourceAsStream("usb_bus.py")) {
      Files.copy(Objects.requireNonNull(script), bus);
    }
    List<String> command = new ArrayList<>();
    command.add("umockdev-wrapper");
    command.add("/usr/bin/python3"); // Debian's own, which finds Debian's modules
    command.add(bus.toString());
    command.addAll(java("-Djava.awt.headless=true", UsbTrials.class.getName()));
    return run(command, Duration.ofSeconds(280));
  }

  private List<String> run(List<String> command, Duration time)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private List<String> java(String option, String main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.io.tmpdir=" + folder,
        option,
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }
}
