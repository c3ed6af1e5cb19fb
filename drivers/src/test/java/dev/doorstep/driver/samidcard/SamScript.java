package dev.doorstep.driver.samidcard;

import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.Transcript;
import dev.doorstep.simulator.device.TranscriptDevice;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What a reader is asked and answers, as a transcript. */
final class SamScript {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private final StringBuilder text = new StringBuilder();

  /** A reader that was opened: its status is good, its number unknown. */
  static SamScript opened() {
    return new SamScript()
        .asked(SamCommand.STATUS)
        .answers(SamFrame.OK)
        .asked(SamCommand.SAM_ID)
        .answers(0x24);
  }

  SamScript asked(SamCommand command) {
    text.append("> ").append(HEX.formatHex(SamFrame.request(command))).append('\n');
    return this;
  }

  SamScript silentFor(String time) {
    text.append("! stall ").append(time).append('\n');
    return this;
  }

  SamScript answers(int sw3, byte... data) {
    text.append("< ").append(HEX.formatHex(frame(sw3, data))).append('\n');
    return this;
  }

  /** An answer as it comes over the wire. */
  static byte[] frame(int sw3, byte... data) {
    ByteBuffer frame = ByteBuffer.allocate(11 + data.length);
    frame.put(HexFormat.of().parseHex("aaaaaa9669")).putShort((short) (4 + data.length));
    frame.put((byte) 0).put((byte) 0).put((byte) sw3).put(data);
    int sum = 0;
    for (int i = 5; i < frame.position(); i++) {
      sum ^= frame.get(i);
    }
    return frame.put((byte) sum).array();
  }

  /** What a reading of a card gives. */
  static byte[] reading(ResidentCard card) {
    return ByteBuffer.allocate(4 + 256 + 1024)
        .putShort((short) 256)
        .putShort((short) 1024)
        .put(card.text())
        .put(card.photo())
        .array();
  }

  /** A card that is found, selected and read. */
  SamScript card(ResidentCard card) {
    return asked(SamCommand.FIND)
        .answers(SamFrame.FOUND, new byte[4])
        .asked(SamCommand.SELECT)
        .answers(SamFrame.OK, new byte[8])
        .asked(SamCommand.READ)
        .answers(SamFrame.OK, reading(card));
  }

  SamScript noCard() {
    return asked(SamCommand.FIND).answers(SamFrame.NOT_FOUND);
  }

  TranscriptDevice play() {
    return new TranscriptDevice(Transcript.parse("script", text.toString()));
  }
}
