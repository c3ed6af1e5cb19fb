package dev.doorstep.agent.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstantMemoryTest {
  @Test
  void aDocumentOf100MegabytesGoesBothWaysOnAHeapOf64(@TempDir Path folder) throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=4m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeDocument.class.getName(),
                folder.resolve("spool").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(55, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as("%s", lines).isZero();
    assertThat(lines).hasSize(4);
    Set<String> digests = new HashSet<>();
    for (int line : new int[] {0, 1, 3}) {
      digests.add(lines.get(line).split(" ", -1)[1]);
    }
    assertThat(digests).hasSize(1).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    assertThat(lines.get(2)).contains("complete=true");
    try (Stream<Path> left = Files.list(folder.resolve("spool"))) {
      assertThat(left).isEmpty();
    }
  }
}
