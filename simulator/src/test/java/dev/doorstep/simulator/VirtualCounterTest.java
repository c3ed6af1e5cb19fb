package dev.doorstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.ResidentCard;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualCounterTest {

  private static final String FIND = "aaaaaa96690003200122";
  private static final String FOUND = "aaaaaa9669000800009f0000000097";
  private static final String NO_CARD = "aaaaaa96690004000080" + "84";

  private static final String LAMPS = "a5014c1f6c";
  private static final String DARK = "a5014c004d";
  private static final String QUERY = "a501510052";

  @TempDir Path folder;
  private VirtualCounter counter;

  @BeforeEach
  void start() {
    counter = VirtualCounter.start(folder);
  }

  @AfterEach
  void end() {
    counter.close();
    assertThat(folder).isEmptyDirectory();
  }

  private String askReader(String hex, int answerLength) throws IOException {
    return ask(counter.connection("reader"), hex, answerLength);
  }

  private String ask(String connection, String hex, int answerLength) throws IOException {
    if (!PtyWire.available()) {
      return askTcp(connection, hex, answerLength);
    }
    assertThat(connection).startsWith("serial:" + folder).contains("?baud=");
    Path link = Path.of(connection.substring("serial:".length(), connection.indexOf('?')));
    byte[] answer = new byte[answerLength];
    try (RandomAccessFile port = new RandomAccessFile(link.toFile(), "rw")) {
      port.write(HexFormat.of().parseHex(hex));
      port.readFully(answer);
    }
    return HexFormat.of().formatHex(answer);
  }

  private static String askTcp(String connection, String hex, int length) throws IOException {
    assertThat(connection).startsWith("tcp:127.0.0.1:");
    int port = Integer.parseInt(connection.substring(connection.lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      return HexFormat.of().formatHex(socket.getInputStream().readNBytes(length));
    }
  }

  @Test
  void everyDeviceAnswersWhereItsConnectionSays() throws Exception {
    counter.reader().place(ResidentCard.specimen());
    assertThat(askReader(FIND, 15)).isEqualTo(FOUND);
    assertThat(askTcp(counter.connection("printer"), "100404", 1)).isEqualTo("12");
    assertThat(counter.connection("camera"))
        .isEqualTo("mjpeg:" + counter.camera().url())
        .matches("mjpeg:http://127\\.0\\.0\\.1:[0-9]+/stream");
    assertThatThrownBy(() -> counter.connection("toaster"))
        .hasMessageContaining("camera, keypad, printer, reader");
  }

  @Test
  void theReadersFaultsReachTheWire() throws Exception {
    counter.reader().place(ResidentCard.specimen());
    counter.fault("reader", "no-card");
    assertThat(askReader(FIND, 11)).isEqualTo(NO_CARD);
    counter.fault("reader", "bad-checksum");
    assertThat(askReader(FIND, 11)).endsWith("85");
    counter.fault("reader", "long-length");
    assertThat(askReader(FIND, 11)).startsWith("aaaaaa9669ffff");
    counter.fault("reader", "cut");
    assertThat(askReader(FIND, 9)).isEqualTo(NO_CARD.substring(0, 18));
    counter.fault("reader", "gone");
    assertThatThrownBy(() -> askReader(FIND, 11)).isInstanceOf(IOException.class);
    counter.mend("reader");
    assertThat(askReader(FIND, 11)).isEqualTo(NO_CARD);
  }

  @Test
  void thePrintersFaultsShowInItsStatusAndReplaceEachOther() throws Exception {
    String all = "100401100402100403100404";
    counter.fault("printer", "paper-out");
    assertThat(askTcp(counter.connection("printer"), all, 4)).isEqualTo("1a321272");
    counter.fault("printer", "cover-open");
    assertThat(askTcp(counter.connection("printer"), all, 4)).isEqualTo("1a161212");
    counter.fault("printer", "cutter");
    assertThat(askTcp(counter.connection("printer"), all, 4)).isEqualTo("1a521a12");
    counter.fault("printer", "gone");
    assertThatThrownBy(() -> askTcp(counter.connection("printer"), all, 4))
        .isInstanceOf(IOException.class);
    counter.mend("printer");
    assertThat(askTcp(counter.connection("printer"), all, 4)).isEqualTo("12121212");
  }

  @Test
  void theKeypadsFaultsReachTheWire() throws Exception {
    assertThat(ask(counter.connection("keypad"), LAMPS, 5)).isEqualTo("a5014b024e");
    assertThat(ask(counter.connection("keypad"), DARK + QUERY, 5)).isEqualTo("a501520053");
    counter.fault("keypad", "decline");
    assertThat(ask(counter.connection("keypad"), LAMPS, 5)).isEqualTo("a5014b0652");
    counter.fault("keypad", "bad-checksum");
    assertThat(ask(counter.connection("keypad"), DARK + QUERY, 5)).isEqualTo("a501520052");
    counter.fault("keypad", "no-answer");
    assertThat(ask(counter.connection("keypad"), LAMPS + QUERY, 5)).isEqualTo("a501521f72");
    counter.fault("keypad", "gone");
    assertThatThrownBy(() -> ask(counter.connection("keypad"), QUERY, 5))
        .isInstanceOf(IOException.class);
    counter.mend("keypad");
    assertThat(counter.keypad().questions()).isEqualTo(3);
  }

  @Test
  void everyFaultOfTheTableCanHappenAndBeMended() {
    counter.resident(URI.create("http://127.0.0.1:1/screen/pad"));
    VirtualCounter.faults()
        .forEach(
            (device, faults) -> {
              faults.forEach(fault -> counter.fault(device, fault));
              counter.mend(device);
            });
    assertThat(counter.camera().started()).isTrue();
    assertThat(counter.camera().fault()).isEmpty();
  }

  @Test
  void unknownFaultsAreAnsweredWithTheKnown() {
    for (List<String> wrong : List.of(List.of("reader", "burning"), List.of("toaster", "gone"))) {
      assertThatThrownBy(() -> counter.fault(wrong.get(0), wrong.get(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no fault " + wrong.get(0) + ":" + wrong.get(1))
          .hasMessageContaining("printer:paper-out|cover-open|cutter|silent|gone");
    }
    assertThatThrownBy(() -> counter.mend("toaster")).hasMessageContaining("no device toaster");
  }

  @Test
  void aPadWithoutAResidentHasNoFaults() {
    assertThatThrownBy(() -> counter.fault("pad", "decline"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingEndsTheConnections() throws Exception {
    String printer = counter.connection("printer");
    int port = Integer.parseInt(printer.substring(printer.lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      counter.close();
      await().until(() -> socket.getInputStream().read() < 0);
    }
  }
}
