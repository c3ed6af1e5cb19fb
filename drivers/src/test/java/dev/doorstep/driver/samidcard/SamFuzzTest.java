package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.simulator.device.ResidentCard;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a reader sends is a frame or an error, and whatever a card's text is can be sent on. */
class SamFuzzTest {
  private static final int LONGEST = 2321 - 11;
  private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.GARBLED, ErrorCode.DISCONNECTED);

  @MethodSource("answers")
  @FuzzTest
  void frames(byte[] sent) {
    PlayedBytes wire = new PlayedBytes(sent);
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    byte[] one = new byte[1];
    try {
      while (true) {
        SamFrame frame =
            SamFrame.read(
                () -> {
                  wire.read(one, 0, 1, deadline);
                  return one[0] & 0xFF;
                });
        assertThat(frame.data()).hasSizeLessThanOrEqualTo(LONGEST);
        Arrays.stream(SamCommand.values()).forEach(command -> command.fits(frame));
        takeApart(frame);
      }
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(REFUSALS);
      assertThat(e.getMessage()).hasSizeLessThan(256);
    }
  }

  private static void takeApart(SamFrame frame) {
    try {
      CardReading.of(SamCommand.READ, frame.data());
      CardReading.of(SamCommand.READ_ALL, frame.data());
      AppendedAddresses.newest(frame.data());
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ErrorCode.GARBLED, ErrorCode.UNSUPPORTED);
    }
  }

  /** Its end is filled up with spaces, as the reader does. */
  @MethodSource("texts")
  @FuzzTest
  void cards(byte[] beginning) throws InvalidMessageException {
    byte[] text = Arrays.copyOf(beginning, CardText.LENGTH);
    for (int i = beginning.length & ~1; i < text.length; i += 2) {
      text[i] = ' ';
    }
    IdCard card;
    try {
      card = CardLayout.card(text, Optional.empty());
    } catch (DeviceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
      return;
    }
    byte[] json = Codec.write(card);
    assertThat(Codec.write(Codec.read(IdCard.class, json))).isEqualTo(json);
  }

  static Stream<byte[]> answers() {
    return Stream.of(
            "aaaaaa9669000800009f0000000097",
            "00aaaaaaaa966900040000909400",
            "aaaaaa966900140000900501" + "00".repeat(14) + "80")
        .map(HexFormat.of()::parseHex);
  }

  static Stream<byte[]> texts() {
    return Stream.of(
        ResidentCard.specimen().text(),
        ResidentCard.generated(1).text(),
        HexFormat.of().parseHex("00d8".repeat(120))); // halves of characters: found by fuzzing
  }
}
