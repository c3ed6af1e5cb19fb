package dev.doorstep.driver.escpos;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.escpos.PrinterModel.Meaning;
import dev.doorstep.protocol.DeviceStatus.Supply;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.util.HexFormat;
import java.util.Optional;

/** What a printer said of itself: its answers to 10 04 1 … 4, in this order. */
final class PrinterStatus {
  /** How many answers make a status. */
  static final int QUERIES = 4;

  private final PrinterModel model;
  private final byte[] answers;

  /** Owns the answers; the model tells what their bits mean. */
  PrinterStatus(PrinterModel model, byte[] answers) {
    this.model = model;
    this.answers = answers;
  }

  /** Whether a byte can be an answer to 10 04 n. */
  static boolean realTime(int answer) {
    return (answer & 0x93) == 0x12;
  }

  /** What keeps it from printing, or empty if nothing does. */
  Optional<ErrorCode> obstacle() {
    return model.signs().stream()
        .filter(sign -> sign.meaning() != Meaning.PAPER_LOW) // it still prints
        .filter(sign -> (answers[sign.query() - 1] & sign.mask()) != 0)
        .findFirst()
        .flatMap(sign -> code(sign.meaning()));
  }

  /** The paper. */
  Supply paper() {
    return new Supply("paper", OpenEnum.of(level()));
  }

  /** How much paper there is. */
  Supply.Level level() {
    return says(Meaning.OUT_OF_PAPER)
        ? Supply.Level.EMPTY
        : says(Meaning.PAPER_LOW) ? Supply.Level.LOW : Supply.Level.OK;
  }

  /**
   * Makes sure that nothing keeps it from printing.
   *
   * @throws DeviceException what does
   */
  void demandReady(String when) throws DeviceException {
    Optional<ErrorCode> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new DeviceException(obstacle.get(), when + ": " + this);
    }
  }

  @Override
  public String toString() {
    return "status " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(answers);
  }

  private boolean says(Meaning meaning) {
    return model.signs().stream()
        .anyMatch(
            sign -> sign.meaning() == meaning && (answers[sign.query() - 1] & sign.mask()) != 0);
  }

  private static Optional<ErrorCode> code(Meaning meaning) {
    return switch (meaning) {
      case COVER_OPEN -> Optional.of(ErrorCode.COVER_OPEN);
      case OUT_OF_PAPER -> Optional.of(ErrorCode.OUT_OF_PAPER);
      case CUTTER_FAULT -> Optional.of(ErrorCode.CUTTER_FAULT);
      case DEVICE_FAULT -> Optional.of(ErrorCode.DEVICE_FAULT);
      case PAPER_LOW, TRANSIENT -> Optional.empty();
    };
  }
}
