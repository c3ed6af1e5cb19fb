package dev.doorstep.driver.systemprinter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.paper.Documents;
import dev.doorstep.driver.realprinter.CupsServer;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.PrintDocument.Color;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints by javax.print on a queue of a real CUPS. */
@RealComponent("cupsd")
@RealComponent("lpr")
@Timeout(120)
class SystemPrinterTest {
  @TempDir Path folder;
  private final CupsServer cups = CupsServer.start().addFile("office");

  @AfterEach
  void close() {
    cups.close();
  }

  private String print(String queue, PrintDocument wanted) throws Exception {
    return print(queue, wanted, Trial.Way.WELL);
  }

  private String print(String queue, PrintDocument wanted, Trial.Way way) throws Exception {
    Path parameters = folder.resolve("parameters.json");
    Files.writeString(parameters, Codec.tree(wanted).toString());
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Trial.class.getName(),
                queue,
                parameters.toString(),
                way.name()));
    builder.environment().put("CUPS_SERVER", cups.address());
    Path said = folder.resolve("said");
    Process process =
        builder
            .redirectOutput(said.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    assertThat(process.waitFor(80, TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(it -> it.getFileName().toString()))
          .as("documents left in the temporary folder")
          .noneMatch(it -> it.startsWith("document-") || it.startsWith("javaprint"));
    }
    return Files.readString(said) + Files.readString(folder.resolve("errors"));
  }

  private int pagesPrinted() {
    return await()
        .atMost(20, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> Documents.pages(cups.printed("office")), pages -> pages > 0);
  }

  private static PrintDocument asked(
      int pages, Duplex duplex, String media, Optional<String> wanted, Optional<Color> color) {
    return new PrintDocument(
        Content.of("application/pdf", Documents.pdf(pages)),
        Optional.empty(),
        duplex,
        Optional.of(media),
        wanted,
        color);
  }

  @Test
  void aPdfIsSpooledWithAllThatIsAsked() throws Exception {
    String said =
        print(
            "office",
            asked(5, Duplex.LONG_EDGE, "iso_a4_210x297mm", Optional.of("2-4"), Optional.empty()));
    assertThat(said).startsWith("{\"state\":\"SPOOLED\",\"pages\":3} acts 1 takes true");
    assertThat(pagesPrinted()).isEqualTo(3);
    assertThat(cups.log())
        .contains("sides=two-sided-long-edge")
        .containsPattern("media=(iso-a4|iso_a4|A4)");
  }

  @Test
  void aChineseTextIsSpooledAsPages() throws Exception {
    byte[] text = "石门二路居委会服务点\n".getBytes(StandardCharsets.UTF_8);
    assertThat(print("office", PrintDocument.plain(Content.of("text/plain", text))))
        .startsWith("{\"state\":\"SPOOLED\",\"pages\":1}");
    assertThat(pagesPrinted()).isEqualTo(1);
  }

  @Test
  void whatTheQueueCannotDoIsRefused() throws Exception {
    assertThat(
            print(
                "office",
                asked(1, Duplex.ONE_SIDED, "iso_a3_297x420mm", Optional.empty(), Optional.empty())))
        .startsWith("UNSUPPORTED false")
        .contains("iso_a3_297x420mm");
    assertThat(
            print(
                "office",
                asked(
                    1,
                    Duplex.ONE_SIDED,
                    "iso_a4_210x297mm",
                    Optional.empty(),
                    Optional.of(Color.GRAY))))
        .as("javax.print has no colours on CUPS")
        .startsWith("UNSUPPORTED false");
    assertThat(
            print(
                "office",
                PrintDocument.plain(Content.of("application/pdf", Documents.lockedPdf("x")))))
        .startsWith("BAD_DOCUMENT false");
  }

  @Test
  void aQueueThatIsNotThereIsNotConnected() throws Exception {
    assertThat(print("none", PrintDocument.plain(Content.of("application/pdf", new byte[1]))))
        .startsWith("NOT_CONNECTED false");
  }

  @Test
  void aPausedQueueTakesTheJobAndPrintsLater() throws Exception {
    cups.pause("office");
    cups.restart();
    assertThat(
            print(
                "office",
                asked(1, Duplex.ONE_SIDED, "iso_a4_210x297mm", Optional.empty(), Optional.empty())))
        .as("a paused queue spools")
        .startsWith("{\"state\":\"SPOOLED\",\"pages\":1}");
  }

  @Test
  void aQueueThatTakesNoJobsSaysSo() throws Exception {
    cups.reject("office");
    assertThat(
            print("office", PrintDocument.plain(Content.of("application/pdf", Documents.pdf(1)))))
        .startsWith("DEVICE_FAULT false")
        .contains("takes no jobs");
  }

  @ParameterizedTest
  @CsvSource({
    "LATE, TIMEOUT false",
    "CANCELLED, STOPPING false",
    "CUT, DISCONNECTED acts 0",
  })
  void whatEndsItBeforeItActsPrintsNothing(Trial.Way way, String end) throws Exception {
    PrintDocument page = PrintDocument.plain(Content.of("application/pdf", Documents.pdf(1)));
    assertThat(print("office", page, way)).startsWith(end);
    assertThat(cups.log()).doesNotContain("office-1");
  }
}
