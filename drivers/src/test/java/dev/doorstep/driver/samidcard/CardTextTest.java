package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.simulator.device.ResidentCard;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardTextTest {
  @Test
  void everyFieldOfTheSpecimen() throws DeviceException {
    IdCard card = CardLayout.card(ResidentCard.specimen().text(), Optional.empty());

    assertThat(card.type().is(IdCard.Type.RESIDENT)).isTrue();
    assertThat(card.name()).contains("证件样本");
    assertThat(card.sex()).contains(OpenEnum.of(IdCard.Sex.FEMALE));
    assertThat(card.nation()).contains(new IdCard.Nation("01", Optional.of("汉")));
    assertThat(card.birthDate()).contains(LocalDate.of(1949, 12, 31));
    assertThat(card.address()).contains("样本省样本市样本区样本路1号");
    assertThat(card.number()).contains("11010519491231002X");
    assertThat(card.numberValid()).contains(true);
    assertThat(card.issuer()).contains("样本市公安局样本分局");
    assertThat(card.validFrom()).contains(LocalDate.of(2020, 1, 1));
    assertThat(card.validUntil()).contains(IdCard.LONG_TERM);
    assertThat(card.photo()).isEmpty();
    assertThat(card.toString()).isEqualTo("IdCard[RESIDENT]");
  }

  @Test
  void aThousandInventedPeople() throws DeviceException {
    for (int seed = 0; seed < 1000; seed++) {
      ResidentCard person = ResidentCard.generated(seed);
      Content photo = Content.of("application/x-wlt", person.photo());
      IdCard card = CardLayout.card(person.text(), Optional.of(photo));
      assertThat(card.name()).contains(person.name());
      assertThat(card.address()).contains(person.address());
      assertThat(card.numberValid()).contains(true);
      assertThat(card.nation().orElseThrow().name()).isPresent();
      assertThat(card.validUntil())
          .contains(person.validUntil().map(LocalDate::toString).orElse(IdCard.LONG_TERM));
      assertThat(card.photo()).containsSame(photo);
    }
  }

  @Test
  void halfACharacterIsLeftOutAndMovesNothing() throws DeviceException {
    byte[] text = ResidentCard.specimen().text();
    text[0] = 0;
    text[1] = (byte) 0xD8;
    text[28] = 1;
    text[29] = (byte) 0xD8;

    IdCard card = CardLayout.card(text, Optional.empty());

    assertThat(card.name()).contains("件样本");
    assertThat(card.number()).contains("11010519491231002X");
    assertThat(card.validUntil()).contains(IdCard.LONG_TERM);
  }

  @Test
  void aRareCharacterOfTwoUnitsIsKept() throws DeviceException {
    byte[] text = ResidentCard.specimen().text();
    byte[] rare = "𠮷".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(rare, 0, text, 0, rare.length);

    assertThat(CardLayout.card(text, Optional.empty()).name()).contains("𠮷样本");
  }

  @ParameterizedTest
  @CsvSource({"0, UNKNOWN", "1, MALE", "2, FEMALE", "9, UNSPECIFIED"})
  void sexByItsCode(String code, IdCard.Sex sex) throws DeviceException {
    assertThat(with(15, code).sex()).contains(OpenEnum.of(sex));
  }

  @Test
  void whatIsUnknownIsKeptOrLeftOutAndNeverGuessed() throws DeviceException {
    assertThat(with(15, "7").sex()).isEmpty();
    assertThat(with(16, "58").nation()).contains(new IdCard.Nation("58", Optional.empty()));
    assertThat(with(18, "19490230").birthDate()).isEmpty();
    assertThat(with(94, "2020x101").validFrom()).isEmpty();
    assertThat(with(102, "永久      ").validUntil()).isEmpty();
    assertThat(with(61, "110105194912310021").numberValid()).contains(false);
    assertThat(with(61, " ".repeat(18)).numberValid()).isEmpty();
  }

  @Test
  void paddingOfOtherKindsIsStrippedToo() throws DeviceException {
    assertThat(with(0, "样本" + "\0".repeat(13)).name()).contains("样本");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "Z", "j"})
  void otherCardsAreUnsupportedAndTheirFlagIsNamed(String flag) {
    assertThatThrownBy(() -> with(124, flag))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessage("a card with the type flag U+%04X", (int) flag.charAt(0));
  }

  @ParameterizedTest
  @CsvSource({
    "11010519491231002X, true",
    "110105194912310021, false",
    "11010519491231002x, false",
    "1101051949123100, false",
    "440524188001010014, true",
  })
  void checkDigits(String number, boolean holds) {
    assertThat(CheckDigit.holds(number)).isEqualTo(holds);
  }

  private static IdCard with(int at, String characters) throws DeviceException {
    StringBuilder text =
        new StringBuilder(new String(ResidentCard.specimen().text(), StandardCharsets.UTF_16LE));
    text.replace(at, at + characters.length(), characters);
    return CardLayout.card(text.toString().getBytes(StandardCharsets.UTF_16LE), Optional.empty());
  }
}
