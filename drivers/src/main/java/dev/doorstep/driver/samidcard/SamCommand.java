package dev.doorstep.driver.samidcard;

import java.time.Duration;

/**
 * What a reader is asked, how long its answer may take (times of drivers in the field), and how
 * much data it has when it succeeds.
 */
enum SamCommand {
  STATUS("SAM status", 0x11FF, 1000, 0, 0),
  SAM_ID("SAM id", 0x12FF, 1000, 16, 16),
  FIND("find card", 0x2001, 500, 4, 4),
  SELECT("select card", 0x2002, 500, 8, 8),
  READ("read card", 0x3001, 3500, 4, 1284), // the lengths in it say the rest
  READ_ALL("read card with fingerprints", 0x3010, 4500, 6, 2310), // a kilobyte more than in READ
  ADDRESS("read appended address", 0x3003, 1500, 0, 280),
  MANAGEMENT_NUMBER("read management number", 0x3005, 1500, 1, 64); // [U]: 28 by one source alone

  private final String text;
  private final int code;
  private final Duration time;
  private final int shortest;
  private final int longest;

  SamCommand(String text, int code, long millis, int shortest, int longest) {
    this.text = text;
    this.code = code;
    this.time = Duration.ofMillis(millis);
    this.shortest = shortest;
    this.longest = longest;
  }

  /** CMD in the high byte, PARA in the low one. */
  int code() {
    return code;
  }

  Duration time() {
    return time;
  }

  /** As error texts name it. */
  String text() {
    return text;
  }

  /** Whether this may be the answer to it, and not that to another command which came late. */
  boolean fits(SamFrame answer) {
    int length = answer.data().length;
    boolean measured = length >= shortest && length <= longest;
    return switch (answer.sw3()) {
      case SamFrame.OK -> this != FIND && measured;
      case SamFrame.FOUND -> this == FIND && measured;
      // [U]: some readers may end a question about a card that was lifted as they do 20 01 or 20 02
      case SamFrame.NOT_FOUND -> this == FIND || asksOfCardThatWasRead();
      case SamFrame.NOT_SELECTED -> this == SELECT || asksOfCardThatWasRead();
      case SamFrame.NO_CONTENT -> asksOfCardThatWasRead();
      default -> true; // an error that any may end with
    };
  }

  private boolean asksOfCardThatWasRead() {
    return this == ADDRESS || this == MANAGEMENT_NUMBER;
  }
}
