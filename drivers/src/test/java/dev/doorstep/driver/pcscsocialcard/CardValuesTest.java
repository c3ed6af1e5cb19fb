package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.operation.SocialCard;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardValuesTest {
  private static final Charset GBK = Charset.forName("GBK");

  @Test
  void whatIsNotThereIsLeftOutAndSoIsPadding() {
    SocialCard card =
        CardValues.of(
            Map.of(
                CardField.ISSUED, HexFormat.of().parseHex("FFFFFFFF"),
                CardField.CARD_NUMBER, new byte[9],
                CardField.NAME, "张三　 \0\0".getBytes(GBK)));
    assertThat(card.name()).contains("张三");
    assertThat(card.issued()).isEmpty();
    assertThat(card.cardNumber()).isEmpty();
    assertThat(card.sex()).isEmpty();
    assertThat(card.nation()).isEmpty();
    assertThat(card).hasToString("SocialCard[?]");
  }

  @ParameterizedTest
  @CsvSource({
    "20240229, 2024-02-29",
    "20230229, 20230229", // no date: as it stands there
    "00000000, 00000000",
    "2024AB29, 2024AB29",
    "2024FFFF, 2024",
  })
  void datesAreIsoOrAsTheyCame(String bcd, String expected) {
    SocialCard card = CardValues.of(Map.of(CardField.BIRTH_DATE, HexFormat.of().parseHex(bcd)));
    assertThat(card.birthDate()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"31, MALE", "32, FEMALE", "01, MALE", "39, UNSPECIFIED", "00, UNKNOWN", "37, 7"})
  void aCodeThatIsNotKnownIsKept(String hex, String sex) {
    SocialCard card = CardValues.of(Map.of(CardField.SEX, HexFormat.of().parseHex(hex)));
    assertThat(card.sex().map(Object::toString)).contains(sex);
  }

  @ParameterizedTest
  @CsvSource({"01, 01", "56, 56", "97, 97", "3031, 01", "FF, "})
  void theNationIsBcdOrTwoLetters(String hex, @Nullable String code) {
    SocialCard card = CardValues.of(Map.of(CardField.NATION, HexFormat.of().parseHex(hex)));
    assertThat(card.nation().map(nation -> nation.code())).isEqualTo(Optional.ofNullable(code));
  }

  @Test
  void aLongNameGoesOnEvenInTheMiddleOfACharacter() {
    String name = "阿卜杜热合曼·买买提·吐尔逊江·艾力";
    byte[] bytes = name.getBytes(GBK);
    for (int cut : new int[] {29, 30}) {
      SocialCard card =
          CardValues.of(
              Map.of(
                  CardField.NAME, Arrays.copyOf(bytes, cut),
                  CardField.REST_OF_NAME, Arrays.copyOfRange(bytes, cut, cut + 20)));
      assertThat(card.name()).contains(name);
    }
  }
}
