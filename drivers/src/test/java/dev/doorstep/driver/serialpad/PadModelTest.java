package dev.doorstep.driver.serialpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadModelTest {
  private static final String KEYS = "01 SATISFIED, 02 DISSATISFIED";

  @Test
  void everyModelIsWhole() throws DeviceException {
    assertThat(PadModel.names()).containsExactly("example-digits", "example-framed");
    for (String name : PadModel.names()) {
      assertThat(of(Map.of("model", name)).keys()).hasSizeGreaterThanOrEqualTo(5);
    }
    PadModel framed = of(Map.of("model", "example-framed"));
    assertThat(framed.lamps()).isPresent();
    assertThat(framed.query()).isPresent();
    assertThat(of(Map.of("model", "example-digits")).lamps()).isEmpty();
  }

  @Test
  void aDescriptionTakesThePlaceOfTheModels() throws DeviceException {
    PadModel other =
        of(
            Map.of(
                "model",
                "example-framed",
                "keys",
                KEYS,
                "lamps-on",
                "1B xor",
                "lamps-off",
                "1b 00"));
    assertThat(other.keys()).containsOnlyKeys(1, 2);
    assertThat(hex(other.lamps().orElseThrow().on())).isEqualTo("1b 1b");
    assertThat(hex(other.lamps().orElseThrow().off())).isEqualTo("1b 00");
    assertThat(other.frame()).isEqualTo(of(Map.of("model", "example-framed")).frame());
  }

  @Test
  void theDescriptionInTheReadmeIsThatOfItsModel() throws Exception {
    Map<String, String> shown =
        Pattern.compile("(?m)^  ([a-z-]+): \"([^\"]+)\"")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .filter(line -> PadModel.OPTIONS.contains(line.group(1)))
            .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    assertThat(of(shown)).isEqualTo(of(Map.of("model", "example-framed")));
  }

  @ParameterizedTest
  @CsvSource({
    "AA 01 02 sum,      aa 01 02 ad",
    "AA | 01 FF sum 0D, aa 01 ff 00 0d",
    "| AA 01 02 xor,    aa 01 02 a9",
    "AA 55 | 01 02 xor, aa 55 01 02 03",
  })
  void aFrameIsWrittenByteByByte(String pattern, String bytes) {
    assertThat(hex(FramePattern.parse(pattern))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "frame,    'A5 5',                'frame: a frame is made of'",
    "frame,    '',                    'frame: a frame is made of'",
    "frame,    'A5 01',               'frame: needs one byte that is the key'",
    "frame,    'key key',             'frame: needs one byte that is the key'",
    "frame,    'key sum xor',         'frame: a frame has one checksum at most'",
    "frame,    'A5 | key | sum',      'frame: | stands once at most'",
    "frame,    'A5 key sum | 0D',     'frame: | stands before'",
    "frame,    'A5 key |',            'frame: | stands before'",
    "keys,     '',                    'keys: : a byte has two hex digits'",
    "keys,     '1 SATISFIED',         'keys: 1 SATISFIED: a byte has two hex digits'",
    "keys,     '01 GOOD',             'VERY_DISSATISFIED and DECLINED'",
    "keys,     '01',                  'VERY_DISSATISFIED and DECLINED'",
    "keys,     '01 SATISFIED, 01 DECLINED', 'twice'",
    "keys,     '01 SATISFIED, 02 SATISFIED, 03 DECLINED', 'two levels at least'",
    "lamps-on, 'A5',                  'lamps-on and lamps-off go together'",
    "query,    'A5',                  'query and reply go together'",
    "model,    'turbo',               'model: must be one of example-digits, example-framed, or'",
  })
  void whatIsNoDescriptionIsToldWithWhatIsWrong(String key, String value, String told) {
    Map<String, String> options = new HashMap<>(Map.of("frame", "A5 key sum", "keys", KEYS));
    options.put(key, value);
    demandUnsupported(options, told);
  }

  @Test
  void whatIsSentHasNoBytesThatMayBeAnything() {
    String anything = "what is sent cannot be any byte";
    Map<String, String> options = new HashMap<>(Map.of("frame", "key", "keys", KEYS));
    options.putAll(Map.of("lamps-on", "A5 any", "lamps-off", "A5"));
    demandUnsupported(options, "lamps-on: " + anything);
    options.putAll(Map.of("lamps-on", "A5", "lamps-off", "key"));
    demandUnsupported(options, "lamps-off: has no key in it");
    options.putAll(Map.of("lamps-off", "A4", "query", "any", "reply", "any"));
    demandUnsupported(options, "query: " + anything);
    options.putAll(Map.of("query", "51", "reply", "A5 key"));
    demandUnsupported(options, "reply: has no key in it");
    options.put("frame", "key " + "00 ".repeat(FramePattern.LONGEST));
    demandUnsupported(options, "frame: a frame has 1 to 32 bytes");
    demandUnsupported(Map.of(), "model: must be one of");
    demandUnsupported(Map.of("frame", "key"), "keys: ");
  }

  private static void demandUnsupported(Map<String, String> options, String told) {
    assertThatThrownBy(() -> of(options))
        .hasMessageContaining(told)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  private static PadModel of(Map<String, String> options) throws DeviceException {
    return PadModel.of(new DeviceSettings("pad", Connection.parse("tcp:127.0.0.1:1"), options));
  }

  private static String hex(FramePattern pattern) {
    return HexFormat.ofDelimiter(" ").formatHex(pattern.bytes());
  }
}
