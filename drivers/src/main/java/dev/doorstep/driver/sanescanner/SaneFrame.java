package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.scan.Rows;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;

/** The rows of one page, from the records of a data connection. */
final class SaneFrame implements Rows {
  private static final int END = 0xFFFFFFFF;
  private static final int BUFFER = 64 * 1024;

  private final Transport data;
  private final SaneParameters parameters;
  private final int highByte;
  private final Patience patience;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] line;
  private int next;
  private int end;
  private long leftInRecord;
  private int taken;
  private boolean over;

  /**
   * The page that comes over a connection.
   *
   * @param lowFirst whether the low byte of a sample of 16 bits comes first
   */
  SaneFrame(Transport data, SaneParameters parameters, boolean lowFirst, Patience patience) {
    this.data = data;
    this.parameters = parameters;
    this.highByte = lowFirst ? 1 : 0;
    this.patience = patience;
    this.line = new byte[parameters.rowBytes()];
  }

  @Override
  public boolean next(byte[] row) throws DeviceException {
    for (int filled = 0; filled < line.length; ) {
      if (leftInRecord == 0 && !nextRecord(filled)) {
        return false;
      }
      int count = take(filled);
      filled += count;
      leftInRecord -= count;
    }
    taken++;
    convert(row);
    if (taken == parameters.lines().orElse(-1)) {
      demandEnd();
    }
    return true;
  }

  /** Copies bytes of the record that is being read. */
  private int take(int filled) throws DeviceException {
    int room = (int) Math.min(line.length - filled, leftInRecord);
    if (next == end) {
      fill();
    }
    int count = Math.min(room, end - next);
    System.arraycopy(buffer, next, line, filled, count);
    next += count;
    return count;
  }

  private boolean nextRecord(int filled) throws DeviceException {
    while (!over && leftInRecord == 0) {
      int length = word();
      if (length == END) {
        SaneStatus status = SaneStatus.of(u8());
        over = true;
        if (status != SaneStatus.EOF && status != SaneStatus.GOOD) {
          throw status.during("scanning");
        }
      } else {
        leftInRecord = Integer.toUnsignedLong(length);
      }
    }
    if (over && (filled > 0 || parameters.lines().orElse(taken) != taken)) {
      throw new DeviceException(
          ErrorCode.GARBLED,
          "SANE: the page ended after %d rows and %d bytes of the %s rows that were promised"
              .formatted(taken, filled, parameters.lines().stream().boxed().toList()));
    }
    return !over;
  }

  /** Nothing may follow the last row but the end and its status. */
  private void demandEnd() throws DeviceException {
    if (leftInRecord > 0 || nextRecord(0)) {
      throw new DeviceException(
          ErrorCode.GARBLED,
          "SANE: more bytes than the " + taken + " rows that were promised have");
    }
  }

  private void convert(byte[] row) {
    switch (parameters.depth()) {
      case 1 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] = (byte) ~line[i]; // a bit is 1 where it is black
        }
      }
      case 16 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] = line[2 * i + highByte];
        }
      }
      default -> System.arraycopy(line, 0, row, 0, row.length);
    }
  }

  private int word() throws DeviceException {
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  private int u8() throws DeviceException {
    if (next == end) {
      fill();
    }
    return buffer[next++] & 0xFF;
  }

  private void fill() throws DeviceException {
    end = patience.read(data, buffer, 0, buffer.length);
    next = 0;
  }
}
