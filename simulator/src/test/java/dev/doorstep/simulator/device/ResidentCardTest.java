package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentCardTest {

  private static String field(byte[] text, int offset, int length) {
    return new String(text, offset, length, StandardCharsets.UTF_16LE);
  }

  @Test
  void theSpecimenLiesAtTheOffsetsOfTheStandard() {
    byte[] text = ResidentCard.specimen().text();

    assertThat(text).hasSize(256);
    assertThat(field(text, 0, 30)).isEqualTo("证件样本           ");
    assertThat(field(text, 30, 2)).isEqualTo("2");
    assertThat(field(text, 32, 4)).isEqualTo("01");
    assertThat(field(text, 36, 16)).isEqualTo("19491231");
    assertThat(field(text, 52, 70)).startsWith("样本省").endsWith("  ");
    assertThat(field(text, 122, 36)).isEqualTo("11010519491231002X");
    assertThat(field(text, 158, 30).strip()).isEqualTo("样本市公安局样本分局");
    assertThat(field(text, 188, 16)).isEqualTo("20200101");
    assertThat(field(text, 204, 16)).isEqualTo("长期      ");
    assertThat(field(text, 248, 2)).as("the flag of a resident's card").isEqualTo(" ");
  }

  @Test
  void thePhotoIsAWltPictureOf102By126() {
    byte[] photo = ResidentCard.specimen().photo();

    assertThat(photo).hasSize(1024).startsWith(0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00);
    assertThat(ResidentCard.specimen().photo()).isEqualTo(photo);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 42, -7, Long.MAX_VALUE})
  void generatedPeopleCannotExistButTheirNumbersHold(long seed) {
    ResidentCard card = ResidentCard.generated(seed);

    assertThat(card).isEqualTo(ResidentCard.generated(seed));
    assertThat(card.number()).startsWith("99");
    assertThat(GeneratedPerson.checkDigit(card.number().substring(0, 17)))
        .isEqualTo(card.number().charAt(17));
    assertThat(card.number().substring(6, 14))
        .isEqualTo(card.birthDate().toString().replace("-", ""));
    assertThat(card.text()).hasSize(256);
  }

  @Test
  void theSpecimensCheckDigitHolds() {
    assertThat(GeneratedPerson.checkDigit("11010519491231002")).isEqualTo('X');
  }

  @Test
  void namesNobodyInLogsAndMessages() {
    ResidentCard card = ResidentCard.specimen();
    assertThat(card.toString()).isEqualTo("ResidentCard");
    assertThatThrownBy(() -> named("一二三四五六七八九十一二三四五六"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name is longer than 15 UTF-16 units");
  }

  private static ResidentCard named(String name) {
    LocalDate day = LocalDate.of(2000, 1, 1);
    return new ResidentCard(
        name,
        ResidentCard.Sex.UNSPECIFIED,
        "97",
        day,
        "",
        "99000020000101000X",
        "",
        day,
        Optional.of(day));
  }
}
