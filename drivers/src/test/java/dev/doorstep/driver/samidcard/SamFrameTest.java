package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamFrameTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  /** A card was found, with four bytes of data (find card, SW3 9F). */
  private static final String FOUND = "aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97";

  @ParameterizedTest
  @CsvSource({
    "STATUS, aa aa aa 96 69 00 03 11 ff ed",
    "SAM_ID, aa aa aa 96 69 00 03 12 ff ee",
    "FIND, aa aa aa 96 69 00 03 20 01 22",
    "SELECT, aa aa aa 96 69 00 03 20 02 21",
    "READ, aa aa aa 96 69 00 03 30 01 32",
    "ADDRESS, aa aa aa 96 69 00 03 30 03 30",
    "MANAGEMENT_NUMBER, aa aa aa 96 69 00 03 30 05 36",
  })
  void requestsAreThoseOfTheSpecification(SamCommand command, String bytes) {
    assertThat(HEX.formatHex(SamFrame.request(command))).isEqualTo(bytes);
  }

  @Test
  void aResponseIsRead() throws DeviceException {
    SamFrame frame = read(FOUND);
    assertThat(frame.sw3()).isEqualTo(SamFrame.FOUND);
    assertThat(frame.data()).containsExactly(0, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "aa",
        "aa aa",
        "aa aa aa",
        "aa aa aa aa aa",
        "aa 00 aa aa 96 69",
        "aa aa 96 69",
        "aa aa aa 96",
        "aa aa aa 96 aa",
        "aa aa aa 00",
        "96 69",
        "ff fe 0d 0a aa aa aa 96 96 69",
      })
  void noiseAndPartsOfAPreambleBeforeItArePassedOver(String noise) throws DeviceException {
    assertThat(read(noise + " " + FOUND).sw3()).isEqualTo(SamFrame.FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00 00", "00 01", "00 02", "00 03", "09 0b", "ff ff"})
  void aLengthThatNoResponseHasIsGarbledAndShown(String length) {
    demandGarbled(
        "aa aa aa 96 69 " + length + " 00 00 90 90",
        length.replace(" ", "").toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void aWrongChecksumShowsTheHeadAndNothingOfThePerson() {
    demandGarbled(
        "aa aa aa 96 69 00 06 00 00 90 4e 00 00",
        "checksum 00 where D8 was computed, of a frame that begins AA AA AA 96 69 00 06 00 00 90");
  }

  @Test
  void noiseWithoutEndIsGarbledAfterABoundedTime() {
    assertThatThrownBy(() -> SamFrame.read(() -> 0xAA))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED));
  }

  private static void demandGarbled(String bytes, String shown) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GARBLED))
        .hasMessageContaining(shown);
  }

  private static SamFrame read(String hex) throws DeviceException {
    byte[] bytes = HEX.parseHex(hex);
    int[] next = {0};
    return SamFrame.read(() -> bytes[next[0]++] & 0xFF);
  }
}
