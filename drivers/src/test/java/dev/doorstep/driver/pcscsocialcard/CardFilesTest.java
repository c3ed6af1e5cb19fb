package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.SocialCard;
import java.util.HexFormat;
import javax.smartcardio.ResponseAPDU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards whose records have other lengths than those of the specification. */
class CardFilesTest {
  private static final String NAME = "D6A4BCFED1F9B1BE"; // 证件样本 in GBK

  @ParameterizedTest
  @ValueSource(strings = {"6700", "6282"})
  void aRecordOfAnotherLengthIsAskedForAsLongAsItIs(String refusal) throws DeviceException {
    SocialCard card = read("09", refusal, record(0x09, NAME) + "9000");
    assertThat(card.name()).contains("证件样本");
    assertThat(card.version()).contains("2.00");
  }

  @Test
  void aRecordThatEndsBeforeWhatWasAskedForIsWhole() throws DeviceException {
    SocialCard card = read("09", record(0x09, NAME) + "6282", "6A83");
    assertThat(card.name()).contains("证件样本");
  }

  @Test
  void oneThatIsCutIsGarbled() {
    assertThatThrownBy(() -> read("09", "091ED6A46282", "6A83"))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED))
        .hasMessageContaining("30 bytes are announced and 2 sent");
  }

  @Test
  void oneThatStaysRefusedIsNotThere() throws DeviceException {
    SocialCard card = read("09", "6700", "6700");
    assertThat(card.name()).isEmpty();
    assertThat(card.version()).contains("2.00");
  }

  private static String record(int tag, String value) {
    return "%02X%02X%s".formatted(tag, value.length() / 2, value);
  }

  /** A card with a version and a name, of which the second is given in a way of its own. */
  private static SocialCard read(String tag, String first, String again) throws DeviceException {
    return CardValues.of(
        new CardFiles(
                command -> {
                  String asked = HexFormat.of().withUpperCase().formatHex(command);
                  String answer = "6A83";
                  if (asked.startsWith("00A4")) {
                    answer = "9000";
                  } else if (asked.startsWith("00B203")) {
                    answer = record(0x03, "322E3030") + "9000";
                  } else if (asked.startsWith("00B2" + tag)) {
                    answer = asked.endsWith("00") ? again : first;
                  }
                  return new ResponseAPDU(HexFormat.of().parseHex(answer));
                })
            .read());
  }
}
