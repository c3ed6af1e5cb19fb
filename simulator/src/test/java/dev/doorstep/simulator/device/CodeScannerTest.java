package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The bytes are those of the manual of the GM65. */
class CodeScannerTest {
  private static final String TRIGGER = "7e 00 08 01 00 02 01 02 da";
  private final AtomicLong nanos = new AtomicLong();
  private final CodeScanner scanner = new CodeScanner(nanos::get);
  private final RecordingWire wire = new RecordingWire();

  private void send(String hex) {
    scanner.received(HexFormat.ofDelimiter(" ").parseHex(hex), wire);
  }

  @Test
  void aTriggerIsConfirmedAndTheCodeThatIsShownGiven() {
    scanner.connected(wire);
    scanner.showEan13("6901234567892");
    assertThat(wire.hex()).isEmpty();
    send(TRIGGER);
    assertThat(wire.hex())
        .isEqualTo("02 00 00 01 00 33 31 36 39 30 31 32 33 34 35 36 37 38 39 32 0d");
    scanner.take();
    send(TRIGGER.replace("02 da", "ab cd"));
    assertThat(wire.hex()).isEqualTo("02 00 00 01 00 33 31");
    scanner.ending(0x0D, 0x0A).aim(true).showQr("码", Charset.forName("GBK"));
    assertThat(wire.hex()).isEqualTo("5d 51 31 c2 eb 0d 0a");
    assertThat(scanner.triggers()).isEqualTo(2);
  }

  @Test
  void itLooksForFiveSecondsAndNotAtAllWhenTheCodeIsGone() {
    scanner.connected(wire);
    send(TRIGGER);
    wire.hex();
    nanos.addAndGet(5_000_000_000L);
    scanner.showQr("late", StandardCharsets.UTF_8);
    assertThat(wire.hex()).isEmpty();
    scanner.take();
    send(TRIGGER);
    assertThat(wire.hex()).isEqualTo("02 00 00 01 00 33 31");
  }

  @Test
  void itReadsAndWritesItsParametersAndPassesOverWhatIsWrong() {
    scanner.connected(wire);
    send("7e 00 08 01 00 0d 05 ab cd");
    send("00 7e 7e 00 07 01 00 0d 01 ab cd");
    assertThat(wire.hex()).startsWith("02 00 00 01 00 33 31 02 00 00 01 05");
    send("7e 00 0a 01 00 00 00 30 1a");
    assertThat(wire.hex()).isEqualTo("03 00 00 01 00 33 31");
    send("7e 00 08 01 00 02 01 02 db");
    assertThat(wire.hex()).isEmpty();
  }

  @Test
  void continuousItGivesEveryCodeAtOnce() {
    scanner.continuous(true).ending().connected(wire);
    scanner.showQr("a", StandardCharsets.UTF_8);
    scanner.showQr("b", StandardCharsets.UTF_8);
    assertThat(wire.pieces()).containsExactly("61", "62");
  }
}
