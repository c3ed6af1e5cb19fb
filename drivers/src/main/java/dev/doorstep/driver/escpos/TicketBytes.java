package dev.doorstep.driver.escpos;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.TicketLine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A ticket as the printer takes it; made as a whole before the first byte is sent. */
final class TicketBytes {
  private static final int ESC = 0x1B;
  private static final int FS = 0x1C;
  private static final int GS = 0x1D;
  private static final int DLE = 0x10;
  private static final int LF = 0x0A;
  private static final int FEED_BEFORE_CUT = 4; // the cutter sits above the print head

  /** A metre of paper: the pictures of a ticket together. */
  private static final int MOST_ROWS = 8000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Charset charset;
  private final int dots;
  private int rows;

  private TicketBytes(Charset charset, int dots) {
    this.charset = charset;
    this.dots = dots;
  }

  /**
   * The bytes of a ticket, from initialising to the cut.
   *
   * @param call looked at before each line: pictures take their time
   * @throws DeviceException {@code INVALID_PARAMETERS} if the printer cannot express a line, {@code
   *     BAD_DOCUMENT} or {@code DOCUMENT_TOO_LARGE} if it cannot print a picture, {@code
   *     BLOB_DAMAGED} if one has not come, {@code STOPPING}, {@code TIMEOUT}
   */
  static byte[] of(PrintTicket ticket, PrinterModel model, Call call) throws DeviceException {
    TicketBytes bytes = new TicketBytes(model.charset(), model.dots());
    bytes.put(ESC, '@', GS, 'a', 0, FS, '&'); // no automatic status among the answers
    for (int i = 0; i < ticket.lines().size(); i++) {
      if (call.cancelled()) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped before the printer was asked");
      }
      if (call.deadline().expired()) {
        throw new DeviceException(
            ErrorCode.TIMEOUT, "the ticket was not made in time; print fewer pictures");
      }
      bytes.line(ticket.lines().get(i), "lines[" + i + "]");
    }
    bytes.cut(ticket.cut());
    return bytes.out.toByteArray();
  }

  /** What ends a ticket of which the rest was forgotten. */
  static byte[] end(PrintTicket.Cut cut) {
    TicketBytes bytes = new TicketBytes(StandardCharsets.US_ASCII, 0);
    bytes.put(ESC, '@');
    bytes.cut(cut);
    return bytes.out.toByteArray();
  }

  private void line(TicketLine line, String path) throws DeviceException {
    put(ESC, 'a', align(line.align()));
    if (line.text().isPresent()) {
      int magnification = line.sizeOrDefault() - 1;
      put(GS, '!', (magnification << 4) | magnification);
      put(ESC, 'E', line.bold() ? 1 : 0);
      out.writeBytes(encoded(line.text().get(), path));
      put(LF);
    } else if (line.qr().isPresent()) {
      qr(line, path);
    } else if (line.barcode().isPresent()) {
      out.writeBytes(TicketBarcode.of(line.barcode().get(), line.sizeOrDefault(), dots, path));
    } else {
      image(line.image().orElseThrow(), line.size(), path);
    }
  }

  private void image(Content content, Optional<Integer> eighths, String path)
      throws DeviceException {
    BufferedImage grey = TicketImage.of(content, eighths, dots, path);
    rows += grey.getHeight();
    if (rows > MOST_ROWS) {
      throw new DeviceException(
          ErrorCode.DOCUMENT_TOO_LARGE,
          "parameters.%s.image: the pictures have more than %d rows of dots together"
              .formatted(path, MOST_ROWS));
    }
    out.writeBytes(DotBands.of(grey));
  }

  private static int align(TicketLine.Align align) {
    return switch (align) {
      case LEFT -> 0;
      case CENTER -> 1;
      case RIGHT -> 2;
    };
  }

  private byte[] encoded(String text, String path) throws DeviceException {
    try {
      ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] encoded = new byte[bytes.remaining()];
      bytes.get(encoded);
      return encoded;
    } catch (CharacterCodingException e) {
      throw new DeviceException(
          ErrorCode.INVALID_PARAMETERS,
          "parameters.%s.text: has a character that the printer's %s lacks"
              .formatted(path, charset.name()),
          e);
    }
  }

  private void qr(TicketLine line, String path) throws DeviceException {
    byte[] data = line.qr().orElseThrow().getBytes(StandardCharsets.UTF_8);
    int module = TicketQr.module(data.length, line.size(), line.sizeOrDefault(), dots, path);
    for (byte b : data) {
      if (b == DLE) {
        throw new DeviceException(
            ErrorCode.INVALID_PARAMETERS,
            "parameters.%s.qr: has the character 10, which a printer obeys even in data"
                .formatted(path));
      }
    }
    put(GS, '(', 'k', 4, 0, 0x31, 0x41, 0x32, 0); // model 2
    put(GS, '(', 'k', 3, 0, 0x31, 0x43, module);
    put(GS, '(', 'k', 3, 0, 0x31, 0x45, 0x31); // error correction M
    int length = data.length + 3;
    put(GS, '(', 'k', length & 0xFF, length >> 8, 0x31, 0x50, 0x30);
    out.writeBytes(data);
    put(GS, '(', 'k', 3, 0, 0x31, 0x51, 0x30);
  }

  private void cut(PrintTicket.Cut cut) {
    put(ESC, 'd', FEED_BEFORE_CUT);
    switch (cut) {
      case FULL -> put(GS, 'V', 0);
      case PARTIAL -> put(GS, 'V', 1);
      case NONE -> {}
    }
  }

  private void put(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }
}
