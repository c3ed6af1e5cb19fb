package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.testing.RealComponent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's scanning program, with the eSCL back end of others, takes it for a scanner. */
@RealComponent("scanimage")
@RealComponent("sane-airscan")
class EsclScannerTest {
  private static final int GOOD = 0;
  private static final int EMPTY = 7;

  @TempDir Path folder;
  private final EsclScanner scanner = EsclScanner.start(0);

  @BeforeEach
  void configure() throws IOException {
    ImageIO.setUseCache(false);
    Files.writeString(folder.resolve("dll.conf"), "airscan\n");
    Files.writeString(
        folder.resolve("airscan.conf"),
        "[devices]\n\"Simulated\" = " + scanner.url() + ", eSCL\n[options]\ndiscovery = disable\n");
  }

  @AfterEach
  void close() {
    scanner.close();
  }

  @Test
  void scansWhatLiesOnTheGlass() throws Exception {
    BufferedImage sheet = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 20, 20);
    g.dispose();
    scanner.lay(sheet);
    assertThat(scan("-x", "100", "-y", "50", "--resolution=100", "--mode=Color")).isEqualTo(GOOD);
    BufferedImage scanned = ImageIO.read(folder.resolve("page.png").toFile());
    assertThat(scanned.getWidth()).isBetween(392, 395);
    assertThat(scanned.getHeight()).isBetween(196, 198);
    Color left = new Color(scanned.getRGB(100, 100));
    assertThat(left.getRed()).isGreaterThan(240);
    assertThat(left.getGreen()).isLessThan(15);
    assertThat(new Color(scanned.getRGB(300, 100)).getRed()).isLessThan(15);
    assertThat(scan("--resolution=75", "--mode=Gray")).isEqualTo(GOOD);
    assertThat(ImageIO.read(folder.resolve("page.png").toFile()).getColorModel().getNumComponents())
        .isOne();
  }

  @Test
  void feedsSheetAfterSheetUntilThereIsNone() throws Exception {
    feed(3);
    assertThat(scan("--source=ADF", "--resolution=75", "--batch=" + folder.resolve("p%d.png")))
        .isEqualTo(GOOD);
    assertThat(folder.resolve("p3.png")).exists();
    assertThat(folder.resolve("p4.png")).doesNotExist();
    assertThat(scanner.sheets()).isZero();
    assertThat(scanner.scanning()).isFalse();
    assertThat(scan("--source=ADF", "--resolution=75")).isEqualTo(EMPTY);
  }

  /** The exit status of the program is the status of SANE. */
  @ParameterizedTest
  @CsvSource({"JAM, 6", "DOOR_OPEN, 8"})
  void itsFaultsAreUnderstood(ScannerFault fault, int status) throws Exception {
    feed(1);
    scanner.fault(fault);
    assertThat(scan("--source=ADF", "--resolution=75")).isEqualTo(status);
    scanner.clear();
    scanner.endJob();
    assertThat(scan("--source=ADF", "--resolution=75")).isEqualTo(GOOD);
  }

  private void feed(int sheets) {
    scanner.feed(
        Collections.nCopies(sheets, new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB)));
  }

  private int scan(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.find("scanimage").orElseThrow().toString());
    command.addAll(List.of("-d", "airscan:e0:Simulated", "--format=png"));
    List<String> given = List.of(options);
    if (given.stream().noneMatch(option -> option.startsWith("--batch"))) {
      command.add("--output-file=" + folder.resolve("page.png"));
    }
    command.addAll(given);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("SANE_CONFIG_DIR", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(ended).as(Files.readString(folder.resolve("log"))).isTrue();
    return process.exitValue();
  }
}
