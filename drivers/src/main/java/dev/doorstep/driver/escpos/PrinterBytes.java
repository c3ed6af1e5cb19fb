package dev.doorstep.driver.escpos;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tells apart what comes from a printer: real-time answers, reports, and what nobody asked for. */
final class PrinterBytes {
  private static final int OTHERS_OF_AUTOMATIC_STATUS = 3;

  /** Bits that no report has; those of the paper's end too, at which no printer gets that far. */
  private static final int NO_REPORT = 0x90 | 0x0C;

  /** How late a wait may see that nobody wants the job any more. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Transport transport;
  private final byte[] buffer = new byte[1];
  private BooleanSupplier unwanted = () -> false;
  private int automatic;
  private int owed;
  private boolean reported;

  PrinterBytes(Transport transport) {
    this.transport = transport;
  }

  /** From now on a wait ends with {@code STOPPING} once this says so. */
  void stopWhen(BooleanSupplier stop) {
    unwanted = stop;
  }

  /**
   * Makes sure that somebody still wants the job.
   *
   * @throws DeviceException {@code STOPPING} if not
   */
  void demandWanted() throws DeviceException {
    if (unwanted.getAsBoolean()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped at the client's wish");
    }
  }

  /** The next byte. */
  int next(Deadline deadline) throws DeviceException {
    await(deadline);
    int b = buffer[0] & 0xFF;
    if ((b & 0x93) == 0x10) {
      automatic = OTHERS_OF_AUTOMATIC_STATUS;
    } else if (automatic > 0 && (b & 0x90) == 0) {
      automatic--;
    } else {
      automatic = 0;
      reported |= (b & NO_REPORT) == 0;
      if (PrinterStatus.realTime(b) && owed > 0) {
        owed--;
      }
    }
    return b;
  }

  /** Whether these bytes come, in this order, after at most so many others. */
  boolean comes(byte[] expected, int mostOthers, Deadline deadline) throws DeviceException {
    int found = 0;
    for (int others = 0; found < expected.length && others <= mostOthers; ) {
      byte b = (byte) next(deadline);
      if (b == expected[found]) {
        found++;
      } else {
        others += found + 1;
        found = b == expected[0] ? 1 : 0;
      }
    }
    return found == expected.length;
  }

  /** From now on a report is due; none before counts. */
  void expectReport() {
    reported = false;
  }

  /** Whether the report came. */
  boolean reported() {
    return reported;
  }

  /** A real-time answer more is due. */
  void owe() {
    owed++;
  }

  /** Whether a real-time answer is due. */
  boolean owed() {
    return owed > 0;
  }

  /** No real-time answer is due any more. */
  void forgetOwed() {
    owed = 0;
  }

  private void await(Deadline deadline) throws DeviceException {
    int count = 0;
    while (count == 0) {
      demandWanted();
      try {
        count = transport.read(buffer, 0, 1, deadline.atMost(LOOK));
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.TIMEOUT || deadline.expired()) {
          throw e;
        }
        // Only the look was over: read on.
      }
    }
  }
}
