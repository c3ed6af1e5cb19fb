package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of 67 million bytes go through a program that has half of that. */
@RealComponent("saned")
class SaneMemoryTest {
  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void aPageLargerThanTheMemoryIsScannedIntoEachForm(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("scan.log");
    try (Saned saned = Saned.start(folder)) {
      saned.set(Map.of("test-picture", "\"Color pattern\""));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx32m",
                  "-XX:+UseSerialGC",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScanInLittleMemory.class.getName(),
                  saned.connection())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(150, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      String said = Files.readString(log);
      assertThat(ended && process.exitValue() == 0).as(said).isTrue();
      assertThat(said).contains("JPEG 4724 x 4724", "PNG 4724 x 4724", "PDF 4724 x 4724");
    }
  }
}
