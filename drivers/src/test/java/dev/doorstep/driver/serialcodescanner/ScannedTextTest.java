package dev.doorstep.driver.serialcodescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScannedTextTest {
  @ParameterizedTest
  @CsvSource({
    "GBK,   313233,       123,       ",
    "GBK,   c2eb,         码,        GBK",
    "UTF-8, e7a081,       码,        UTF-8",
    "GBK,   e7a081,       码,        UTF-8", // three bytes are no GBK
    "GBK,   e6b58be8af95, 测试,      UTF-8", // would be three characters of GBK
    "GBK,   2de4bda0e5a5bd31, -你好1, UTF-8",
    "GBK,   c4a7cea2,     魔微,      GBK", // two characters of UTF-8, too
    "UTF-8, c2eb,         码,        GBK",
    "GBK,   41ff,         'A\u00ff', ISO-8859-1",
    "UTF-8, 80,           '\u0080',  ISO-8859-1",
  })
  void isReadAsItIsSetUpAndElseAsItCanBe(
      String charset, String hex, String text, @Nullable String told) throws DeviceException {
    ScannedCode code = ScannedText.of(HexFormat.of().parseHex(hex), options("charset", charset));
    assertThat(code.text()).isEqualTo(text);
    assertThat(code.charset().orElse(null)).isEqualTo(told);
    assertThat(code.symbology()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "]E06901234567892, EAN_13,   6901234567892",
    "]E412345670,      EAN_8,    12345670",
    "]Q1x,             QR_CODE,  x",
    "]C0x,             CODE_128, x",
    "]C1x,             GS1_128,  x",
    "]d2x,             DATA_MATRIX, x",
    "]X0x,             ]X0,      x", // not known
    "]]x,              ,         ]]x",
    "]Q,               ,         ]Q",
    "x]Q1,             ,         x]Q1",
  })
  void theAimIdentifierTellsTheSymbology(String sent, @Nullable String symbology, String text)
      throws DeviceException {
    ScannedCode code =
        ScannedText.of(sent.getBytes(StandardCharsets.US_ASCII), options("aim", "true"));
    assertThat(code.text()).isEqualTo(text);
    assertThat(code.symbology().orElse(null)).isEqualTo(symbology);
    ScannedCode untouched =
        ScannedText.of(sent.getBytes(StandardCharsets.US_ASCII), options("aim", "false"));
    assertThat(untouched.text()).isEqualTo(sent);
    assertThat(untouched.symbology()).isEmpty();
  }

  @Test
  void whatIsNoOptionIsToldWithThoseThereAre() throws DeviceException {
    assertThat(options("suffix", "crlf").ending()).isEqualTo(ScannerOptions.Ending.CRLF);
    for (Map.Entry<String, String> wrong :
        Map.of("suffix", "lf", "charset", "big5", "aim", "1", "trigger", "on", "mode", "fast")
            .entrySet()) {
      assertThatThrownBy(() -> options(wrong.getKey(), wrong.getValue()))
          .hasMessageContaining(wrong.getKey() + ": must be one of")
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
    assertThatThrownBy(() -> options(Map.of("mode", "continuous", "trigger", "true")))
        .hasMessageContaining("trigger");
  }

  private static ScannerOptions options(String key, String value) throws DeviceException {
    return options(Map.of(key, value));
  }

  private static ScannerOptions options(Map<String, String> keys) throws DeviceException {
    return ScannerOptions.of(
        new DeviceSettings("scanner", Connection.parse("tcp:127.0.0.1:1"), keys));
  }
}
