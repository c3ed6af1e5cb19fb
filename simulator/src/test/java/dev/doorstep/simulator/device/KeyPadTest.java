package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyPadTest {
  private static final String ON = "a5 01 4c 1f 6c";
  private static final String OFF = "a5 01 4c 00 4d";
  private static final String QUERY = "a5 01 51 00 52";

  private final RecordingWire wire = new RecordingWire();

  private void send(KeyPad pad, String hex) {
    pad.received(HexFormat.ofDelimiter(" ").parseHex(hex), wire);
  }

  @Test
  void eachKeyOfAFramedPadHasAFrame() {
    KeyPad pad = KeyPad.framed();
    pad.connected(wire);
    pad.press("VERY_SATISFIED");
    pad.press("SATISFIED");
    pad.press("FAIRLY_SATISFIED");
    pad.press("DISSATISFIED");
    pad.press("VERY_DISSATISFIED");
    pad.press("DECLINED");
    pad.pressKey(0xFF);
    assertThat(wire.pieces())
        .containsExactly(
            "a5 01 4b 03 4f",
            "a5 01 4b 02 4e",
            "a5 01 4b 01 4d",
            "a5 01 4b 00 4c",
            "a5 01 4b 05 51",
            "a5 01 4b 06 52",
            "a5 01 4b ff 4b");
  }

  @Test
  void itsLampsAreCommandedAndItTellsThem() {
    KeyPad pad = KeyPad.framed();
    pad.connected(wire);
    send(pad, "00 ff " + QUERY);
    assertThat(wire.hex()).isEqualTo("a5 01 52 00 53");
    send(pad, ON.substring(0, 8));
    send(pad, ON.substring(9));
    assertThat(pad.lit()).isTrue();
    send(pad, QUERY);
    assertThat(wire.hex()).isEqualTo("a5 01 52 1f 72");
    send(pad, ON + " " + OFF);
    assertThat(pad.lit()).isFalse();
    assertThat(pad.questions()).isEqualTo(1);
    send(pad, "a5 01 4c 1f 6d a5 02 4c 1f 6d a5 01 4d 1f 6d"); // checksum, address, command
    assertThat(pad.lit()).isFalse();
    assertThat(wire.hex()).isEmpty();
  }

  @Test
  void aResidentPressesOnceItIsLit() {
    KeyPad pad = KeyPad.framed();
    pad.connected(wire);
    pad.willPress("SATISFIED");
    assertThat(wire.hex()).isEmpty();
    send(pad, ON);
    assertThat(wire.hex()).isEqualTo("a5 01 4b 02 4e");
    pad.willPress("DECLINED");
    assertThat(wire.hex()).isEmpty(); // has answered
    pad.willStayAway();
    send(pad, OFF + " " + ON);
    assertThat(wire.hex()).isEmpty();
    pad.willPress("DECLINED");
    assertThat(wire.hex()).isEqualTo("a5 01 4b 06 52");
    assertThatThrownBy(() -> pad.willPress("GOOD")).hasMessageContaining("VERY_DISSATISFIED");
  }

  @Test
  void aPadOfDigitsSendsThemAndTakesNothing() {
    KeyPad pad = KeyPad.digits();
    pad.press("SATISFIED");
    pad.connected(wire);
    pad.press("VERY_DISSATISFIED");
    pad.press("VERY_SATISFIED");
    send(pad, ON);
    assertThat(wire.hex()).isEqualTo("31 35");
    assertThat(pad.lit()).isFalse();
    assertThatThrownBy(() -> pad.press("DECLINED")).hasMessageContaining("no key DECLINED");
    assertThatThrownBy(() -> pad.willPress("SATISFIED")).hasMessageContaining("without lamps");
    pad.disconnected(wire);
    pad.press("SATISFIED");
    assertThat(wire.hex()).isEmpty();
  }
}
