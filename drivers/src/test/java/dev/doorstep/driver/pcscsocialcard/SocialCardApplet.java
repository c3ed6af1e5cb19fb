package dev.doorstep.driver.pcscsocialcard;

import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.Util;

/**
 * The application of a social-security card, for a Java Card. Its records are given when it is
 * installed; so is its habit: it is read by tag or by number, or it wants a PIN.
 */
public final class SocialCardApplet extends Applet {
  static final byte BY_TAG = 1;
  static final byte BY_NUMBER = 2;
  static final byte WANTS_PIN = 3;

  private final byte[] records;
  private final byte habit;
  private short file;

  private SocialCardApplet(byte[] records, byte habit) {
    this.records = records;
    this.habit = habit;
  }

  /**
   * Installed by the card: instance identifier, privileges and parameters, each after its length.
   */
  public static void install(byte[] bytes, short offset, byte length) {
    short at = (short) (offset + 1 + bytes[offset]);
    at += (short) (1 + bytes[at]);
    short size = (short) ((bytes[at] & 0xFF) - 1);
    byte[] records = new byte[size];
    Util.arrayCopyNonAtomic(bytes, (short) (at + 2), records, (short) 0, size);
    new SocialCardApplet(records, bytes[(short) (at + 1)]).register();
  }

  @Override
  public void process(APDU apdu) {
    byte[] buffer = apdu.getBuffer();
    if (selectingApplet()) {
      file = 0;
      return;
    }
    switch (buffer[ISO7816.OFFSET_INS]) {
      case (byte) 0xA4 -> select(apdu, buffer);
      case (byte) 0xB2 -> read(apdu, buffer);
      default -> ISOException.throwIt(ISO7816.SW_INS_NOT_SUPPORTED);
    }
  }

  private void select(APDU apdu, byte[] buffer) {
    apdu.setIncomingAndReceive();
    short chosen = Util.getShort(buffer, ISO7816.OFFSET_CDATA);
    if (chosen != (short) 0xEF05 && chosen != (short) 0xEF06) {
      ISOException.throwIt(ISO7816.SW_FILE_NOT_FOUND);
    }
    file = chosen;
  }

  private void read(APDU apdu, byte[] buffer) {
    if (habit == WANTS_PIN) {
      ISOException.throwIt(ISO7816.SW_SECURITY_STATUS_NOT_SATISFIED);
    }
    boolean byNumber = (buffer[ISO7816.OFFSET_P2] & 7) == 4;
    if (byNumber != (habit == BY_NUMBER)) {
      ISOException.throwIt(ISO7816.SW_INCORRECT_P1P2);
    }
    byte wanted = buffer[ISO7816.OFFSET_P1];
    short number = 0;
    for (short at = 0;
        at < records.length;
        at += (short) (4 + (records[(short) (at + 3)] & 0xFF))) {
      if (Util.getShort(records, at) == file) {
        number++;
        if (byNumber ? number == wanted : records[(short) (at + 2)] == wanted) {
          short length = (short) (2 + (records[(short) (at + 3)] & 0xFF));
          Util.arrayCopyNonAtomic(records, (short) (at + 2), buffer, (short) 0, length);
          apdu.setOutgoingAndSend((short) 0, length);
          return;
        }
      }
    }
    ISOException.throwIt(ISO7816.SW_RECORD_NOT_FOUND);
  }
}
