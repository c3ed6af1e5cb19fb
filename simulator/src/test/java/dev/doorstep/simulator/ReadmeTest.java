package dev.doorstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.center.Center;
import dev.doorstep.simulator.device.CameraFault;
import dev.doorstep.simulator.device.CodeScanner;
import dev.doorstep.simulator.device.DocumentPage;
import dev.doorstep.simulator.device.EloamFault;
import dev.doorstep.simulator.device.EloamService;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.EsclScanner;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.KeyPad;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.Paper;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.Resident;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.ScannerFault;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Ticket;
import dev.doorstep.simulator.device.Transcript;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the code does. Its examples are the bodies of these methods. */
class ReadmeTest {

  private static final Path README = Path.of("README.md");
  private static final Path THIS = Path.of("src/test/java/dev/doorstep/simulator/ReadmeTest.java");

  @TempDir Path folder;

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static String joined(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @Test
  void theExamplesAreThoseBelow() throws Exception {
    String source = joined(Files.readString(THIS));
    assertThat(blocks("java")).isNotEmpty().allSatisfy(b -> assertThat(source).contains(joined(b)));
  }

  @Test
  void theFaultTableIsThatOfTheCounter() throws Exception {
    Map<String, List<String>> table = new LinkedHashMap<>();
    Pattern row = Pattern.compile("\\| (reader|printer|camera|pad|keypad) \\| ([a-z-]+) \\| .*");
    for (String line : Files.readAllLines(README)) {
      Matcher matcher = row.matcher(line);
      if (matcher.matches()) {
        table.computeIfAbsent(matcher.group(1), d -> new ArrayList<>()).add(matcher.group(2));
      }
    }
    assertThat(table).isEqualTo(VirtualCounter.faults());
  }

  @Test
  void theGrammarsLinesParseAndTheSampleIsTheOneShown() throws Exception {
    Pattern cell = Pattern.compile("(?m)^\\| `([#<>!] [^`]*)` \\|");
    Matcher matcher = cell.matcher(Files.readString(README));
    List<String> lines = matcher.results().map(result -> result.group(1)).toList();
    assertThat(lines).hasSize(7);
    assertThat(Transcript.parse("README.md", String.join("\n", lines)).steps()).hasSize(6);

    String shown = blocks("transcript").get(0);
    assertThat(Transcript.parse("README.md", shown).steps())
        .hasSameSizeAs(Transcript.sample("esc-pos").steps())
        .hasToString(Transcript.sample("esc-pos").steps().toString());
  }

  @Test
  @RealComponent("socat")
  void aReaderOnASerialLine() {
    SamReader reader = new SamReader();
    try (PtyWire line = PtyWire.serve(reader, folder.resolve("reader"))) {
      reader.place(ResidentCard.specimen());
      useSerialPort(line.path());
      reader.lift();
    }
  }

  @Test
  void aReaderThatCutsItsAnswers() {
    FaultyDevice faulty = new FaultyDevice(new SamReader());
    try (TcpWire line = TcpWire.serve(faulty, 0)) {
      faulty.fault(Fault.cut(9));
      usePort(line.port());
      faulty.clear();
    }
  }

  @Test
  void aCenterThatGivesNumbers() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
      NumberDesk.Settings settings =
          new NumberDesk.Settings("reader", "printer", "A", Locale.CHINESE);
      try (Center center = Center.connect(URI.create(broker.url()), "numbers");
          NumberDesk desk =
              NumberDesk.open(
                  center, settings, Clock.system(ZoneId.of("Asia/Shanghai")), given -> {})) {
        show(desk.callNext("jingan-0042"));
      }
    }
  }

  @Test
  void aScanner() {
    try (EsclScanner scanner = EsclScanner.start(0)) {
      scanner.lay(DocumentPage.specimen().onDesk());
      scanner.feed(List.of(DocumentPage.specimen().onDesk()));
      useScanner(scanner.url());
      scanner.fault(ScannerFault.JAM);
    }
  }

  @Test
  void aPrinter() {
    EscPosPrinter printer = new EscPosPrinter();
    try (TcpWire line = TcpWire.serve(printer, 0)) {
      printer.paper(Paper.NEAR_END);
      usePort(line.port());
      show(printer.tickets());
    }
  }

  @Test
  void aScannerOfPaper() {
    CodeScanner scanner = new CodeScanner().aim(true).ending(0x0D, 0x0A);
    try (TcpWire line = TcpWire.serve(scanner, 0)) {
      scanner.showQr("2026-0042", StandardCharsets.UTF_8);
      usePort(line.port());
      scanner.take();
    }
  }

  @Test
  void aCamera() {
    try (MjpegCamera camera = MjpegCamera.start(0)) {
      camera.show(DocumentPage.specimen().onDesk());
      useStream(camera.url());
      camera.fault(CameraFault.CUT);
    }
  }

  @Test
  void aCameraBehindItsVendorsService() {
    try (EloamService service = EloamService.start(0)) {
      service.show(DocumentPage.specimen().onDesk());
      usePort(service.port());
      service.fault(EloamFault.CUT);
    }
  }

  @Test
  void aResident() {
    try (Resident resident = Resident.open(URI.create("http://127.0.0.1:7788/screen/pad"))) {
      resident.willPress("VERY_SATISFIED");
      resident.willDecline();
    }
  }

  @Test
  void aPadOfKeys() {
    KeyPad pad = KeyPad.framed();
    try (TcpWire line = TcpWire.serve(pad, 0)) {
      pad.willPress("VERY_SATISFIED");
      usePort(line.port());
      pad.press("DECLINED");
    }
  }

  @Test
  void aBrokerAndACounter() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0);
        VirtualCounter counter = VirtualCounter.start(folder)) {
      configure(broker.url(), counter.connection("reader"), counter.connection("printer"));
      counter.reader().place(ResidentCard.generated(42));
      counter.fault("printer", "paper-out");
      counter.mend("printer");
    }
  }

  private static void useSerialPort(Path port) {
    assertThat(port).exists();
  }

  private static void usePort(int port) {
    assertThat(port).isPositive();
  }

  private static void show(Optional<String> number) {
    assertThat(number).isEmpty();
  }

  private static void show(List<Ticket> tickets) {
    assertThat(tickets).isEmpty();
  }

  private static void useStream(String url) {
    assertThat(url).endsWith("/stream");
  }

  private static void useScanner(String url) {
    assertThat(url).endsWith("/eSCL");
  }

  private static void configure(String broker, String reader, String printer) {
    assertThat(List.of(broker, reader, printer)).allMatch(address -> address.contains(":"));
  }
}
