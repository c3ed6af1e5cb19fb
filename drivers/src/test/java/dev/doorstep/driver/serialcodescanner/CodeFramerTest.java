package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.serialcodescanner.ScannerOptions.Ending;
import dev.doorstep.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFramerTest {
  @ParameterizedTest
  @CsvSource({
    "ANY,  'a\r b\r',        'a| b'",
    "ANY,  'a\r\nb\r\n',      'a|b'",
    "ANY,  'a\r\r\n\rb',      'a|b'",
    "CR,   'a\r\nb\r',        'a|b'",
    "CRLF, 'a\r\nb\rc\r\n',   'a|b\rc'",
    "CRLF, '\r\n\r\na\r\n',   'a'",
    "GAP,  '\na\r\nb\r',      '\na\r\nb\r'",
  })
  void codesEndWhereTheScannerEndsThem(Ending ending, String sent, String codes)
      throws DeviceException {
    CodeFramer framer = new CodeFramer(ending);
    add(framer, sent);
    framer.gap();
    assertThat(all(framer)).containsExactly(codes.split("\\|"));
    assertThat(framer.begun()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"CR, 'a\r\nhalf', 4", "CRLF, 'a\r\nhalf\r', 5"})
  void aCodeWithoutItsSuffixIsNone(Ending ending, String sent, int length) throws DeviceException {
    CodeFramer framer = new CodeFramer(ending);
    add(framer, sent);
    assertThatThrownBy(framer::gap)
        .hasMessageContaining("after %d bytes", length)
        .hasMessageContaining("option suffix")
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(framer.begun()).isFalse();
    assertThat(all(framer)).containsExactly("a");
  }

  @Test
  void whatIsTooLongIsToldOnceAndPassedOver() throws DeviceException {
    for (Ending ending : Ending.values()) {
      CodeFramer framer = new CodeFramer(ending);
      add(framer, "1".repeat(CodeFramer.LONGEST));
      assertThatThrownBy(() -> framer.add('1')).isInstanceOf(DeviceException.class);
      add(framer, "1".repeat(100_000) + "\r\n");
      framer.gap();
      assertThat(all(framer)).isEmpty();
      add(framer, "next\r\n");
      framer.gap();
      assertThat(all(framer)).singleElement().asString().startsWith("next");
    }
  }

  @Test
  void ofMoreThanAnybodyTakesTheNewestAreKept() throws DeviceException {
    CodeFramer framer = new CodeFramer(Ending.ANY);
    for (int i = 0; i < 100; i++) {
      add(framer, i + "\r");
    }
    assertThat(all(framer)).hasSize(CodeFramer.MOST_CODES).first().isEqualTo("84");
  }

  private static void add(CodeFramer framer, String sent) throws DeviceException {
    for (byte b : sent.getBytes(StandardCharsets.ISO_8859_1)) {
      framer.add(b & 0xFF);
    }
  }

  private static List<String> all(CodeFramer framer) {
    List<String> codes = new ArrayList<>();
    for (Optional<byte[]> code = framer.poll(); code.isPresent(); code = framer.poll()) {
      codes.add(new String(code.get(), StandardCharsets.ISO_8859_1));
    }
    return codes;
  }
}
