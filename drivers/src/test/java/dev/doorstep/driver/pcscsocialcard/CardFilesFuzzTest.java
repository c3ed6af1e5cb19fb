package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.operation.SocialCard;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import javax.smartcardio.ResponseAPDU;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a card answers is a card's records or one of its errors. */
class CardFilesFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.UNSUPPORTED,
          ErrorCode.CARD_LOCKED,
          ErrorCode.CARD_READ_FAILED,
          ErrorCode.GARBLED);

  /** Answers one after the other: how many bytes of data, those, the status word; 9000 at last. */
  @MethodSource("answers")
  @FuzzTest
  void card(byte[] bytes) throws InvalidMessageException {
    ByteBuffer answers = ByteBuffer.wrap(bytes);
    int[] commands = {0};
    try {
      SocialCard read =
          CardValues.of(
              new CardFiles(
                      command -> {
                        commands[0]++;
                        return answer(answers);
                      })
                  .read());
      byte[] json = Codec.write(read);
      assertThat(Codec.write(Codec.read(SocialCard.class, json))).isEqualTo(json);
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(128);
    }
    assertThat(commands[0]).isLessThan(64);
  }

  private static ResponseAPDU answer(ByteBuffer answers) {
    int length = answers.hasRemaining() ? answers.get() & 0xFF : 0;
    byte[] answer = new byte[Math.min(length, answers.remaining()) + 2];
    answers.get(answer, 0, answer.length - 2);
    int word = answers.remaining() >= 2 ? answers.getShort() : 0x9000;
    answer[answer.length - 2] = (byte) (word >> 8);
    answer[answer.length - 1] = (byte) word;
    return new ResponseAPDU(answer);
  }

  static Stream<byte[]> answers() {
    return Stream.of(
            "009000009000120110310000D15600000500000000000A1B2C9000",
            "006A82",
            "009000006982",
            "0090000090000201" + "FF9000",
            "00900000900000" + "6A83".repeat(20))
        .map(HexFormat.of()::parseHex);
  }
}
