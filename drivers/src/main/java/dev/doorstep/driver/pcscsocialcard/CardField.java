package dev.doorstep.driver.pcscsocialcard;

import java.util.Arrays;
import java.util.List;

/** The records of a card that are read: file, tag, and how long the value is in bytes. */
enum CardField {
  CARD_ID(0xEF05, 0x01, 16),
  CARD_CLASS(0xEF05, 0x02, 1),
  VERSION(0xEF05, 0x03, 4),
  ISSUER(0xEF05, 0x04, 12),
  ISSUED(0xEF05, 0x05, 4),
  VALID_UNTIL(0xEF05, 0x06, 4),
  CARD_NUMBER(0xEF05, 0x07, 9),
  NUMBER(0xEF06, 0x08, 18),
  NAME(0xEF06, 0x09, 30),
  REST_OF_NAME(0xEF06, 0x4E, 20), // [U] the length
  SEX(0xEF06, 0x0A, 1),
  NATION(0xEF06, 0x0B, 1),
  BIRTHPLACE(0xEF06, 0x0C, 3),
  BIRTH_DATE(0xEF06, 0x0D, 4);

  private final int file;
  private final int tag;
  private final int length;

  CardField(int file, int tag, int length) {
    this.file = file;
    this.tag = tag;
    this.length = length;
  }

  /** The records of a file. */
  static List<CardField> of(int file) {
    return Arrays.stream(values()).filter(field -> field.file == file).toList();
  }

  int file() {
    return file;
  }

  int tag() {
    return tag;
  }

  int length() {
    return length;
  }
}
