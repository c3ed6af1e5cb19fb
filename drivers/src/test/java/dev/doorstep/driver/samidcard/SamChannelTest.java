package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.device.ResidentCard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** An answer that comes in two parts, the second after whoever asked had given up for now. */
class SamChannelTest {
  private static final Deadline LATEST = Deadline.after(Duration.ofSeconds(60));
  private static final byte[] READING = SamScript.reading(ResidentCard.specimen());
  private static final byte[] ANSWER = SamScript.frame(SamFrame.OK, READING);
  private static final byte[] NOT_FOUND = SamScript.frame(SamFrame.NOT_FOUND);
  private final Parts line = new Parts();
  private final SamChannel channel = new SamChannel(line);

  @Test
  void anAnswerIsGoneOnWithWhereverItWasCut() throws DeviceException {
    for (int cut = 0; cut < ANSWER.length; cut++) {
      line.then(Arrays.copyOf(ANSWER, cut));
      demandTimeout(SamCommand.READ);

      line.then(Arrays.copyOfRange(ANSWER, cut, ANSWER.length));
      assertThat(channel.resume(SamCommand.READ, LATEST).data())
          .as("cut at %d", cut)
          .isEqualTo(READING);
      assertThat(channel.owes()).isFalse();
    }
  }

  @Test
  void anAnswerInManyPartsIsGoneOnWithAgainAndAgain() throws DeviceException {
    line.then(Arrays.copyOf(ANSWER, 1));
    demandTimeout(SamCommand.READ);
    for (int part = 1; part < ANSWER.length - 1; part++) {
      line.then(ANSWER[part]);
      assertThatThrownBy(() -> channel.resume(SamCommand.READ, LATEST))
          .hasMessageContaining("none");
    }
    line.then(ANSWER[ANSWER.length - 1]);
    assertThat(channel.resume(SamCommand.READ, LATEST).data()).isEqualTo(READING);
  }

  @Test
  void theRestOfALateAnswerIsNotTakenForTheNextOne() throws DeviceException {
    for (int cut = 0; cut < ANSWER.length; cut += 7) {
      line.then(Arrays.copyOf(ANSWER, cut));
      demandTimeout(SamCommand.READ);

      line.then(Arrays.copyOfRange(ANSWER, cut, ANSWER.length)).then(NOT_FOUND);
      assertThat(channel.call(SamCommand.FIND, LATEST).sw3()).isEqualTo(SamFrame.NOT_FOUND);
    }
  }

  private void demandTimeout(SamCommand command) {
    assertThatThrownBy(() -> channel.call(command, LATEST))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(channel.owes()).isTrue();
  }

  /** A line on which each wait gives the next part, or none if there is no other. */
  private static final class Parts implements Transport {
    private final Deque<byte[]> parts = new ArrayDeque<>();

    Parts then(byte... part) {
      if (part.length > 0) {
        parts.add(part);
      }
      return this;
    }

    @Override
    public int read(byte[] buffer, int offset, int length, Deadline deadline)
        throws DeviceException {
      byte[] part = parts.poll();
      if (part == null) {
        throw new DeviceException(ErrorCode.TIMEOUT, "none by the deadline");
      }
      System.arraycopy(part, 0, buffer, offset, part.length);
      return part.length;
    }

    @Override
    public void write(byte[] bytes, Deadline deadline) {}

    @Override
    public void discardInput() {}

    @Override
    public void close() {}
  }
}
