package dev.doorstep.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which endpoint the next bytes come by. */
class UsbFramesTest {
  private static final byte[] FRAME = new byte[7 + 0x0102];

  static {
    FRAME[5] = 1;
    FRAME[6] = 2;
  }

  private final UsbFrames frames = new UsbFrames(new UsbLayout.Head(0x02, 0x81, 7, 5));

  @Test
  void headAndRestTakeTurnsAtAnyPacketSize() {
    for (int size = 1; size <= 64; size++) {
      for (int round = 0; round < 3; round++) {
        pass(0, 7, size, true);
        pass(7, FRAME.length, size, false);
      }
    }
  }

  @Test
  void whatTheHeadsEndpointGivesTooMuchIsOfTheRest() {
    frames.came(FRAME, 0, 10);
    assertThat(frames.awaitsHead()).isFalse();
    frames.came(FRAME, 10, FRAME.length - 10);
    assertThat(frames.awaitsHead()).isTrue();
  }

  @Test
  void moreThanTheRestIsPassedOver() {
    frames.came(FRAME, 0, 7);
    frames.came(FRAME, 7, FRAME.length - 7);
    frames.came(FRAME, 0, 7);
    frames.came(new byte[400], 0, 400);
    assertThat(frames.awaitsHead()).isTrue();
  }

  @Test
  void aFrameWithoutARestIsFollowedByAHead() {
    frames.came(new byte[7], 0, 7);
    assertThat(frames.awaitsHead()).isTrue();
  }

  @Test
  void whatIsForgottenIsNotGoneOnWith() {
    frames.came(FRAME, 0, 7);
    frames.forget();
    assertThat(frames.awaitsHead()).isTrue();
    frames.came(FRAME, 0, 3);
    frames.forget();
    frames.came(FRAME, 0, 7);
    assertThat(frames.awaitsHead()).isFalse();
  }

  private void pass(int from, int to, int size, boolean head) {
    for (int at = from; at < to; at += size) {
      assertThat(frames.awaitsHead()).isEqualTo(head);
      frames.came(FRAME, at, Math.min(size, to - at));
    }
  }
}
