package dev.doorstep.driver.ippprinter;

import com.hp.jipp.encoding.DelimiterTag;
import com.hp.jipp.encoding.IppInputStream;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * What a printer answered.
 *
 * @param status the status code of IPP
 * @param packet the whole answer
 */
record IppAnswer(int status, IppPacket packet) {
  /** From here on a status is an error (RFC 8011, appendix B). */
  private static final int FIRST_ERROR = 0x0400;

  /**
   * Reads an answer; it is untrusted.
   *
   * @throws DeviceException {@code GARBLED} if it is no packet of IPP
   */
  static IppAnswer parse(byte[] bytes) throws DeviceException {
    IppShape.check(bytes);
    try (IppInputStream in = new IppInputStream(new ByteArrayInputStream(bytes))) {
      IppPacket packet = in.readPacket();
      return new IppAnswer(packet.getCode(), packet);
    } catch (IOException | RuntimeException e) {
      // the parser throws whatever comes to it; its words may hold what came, so not repeated
      throw new DeviceException(
          ErrorCode.GARBLED,
          "%d bytes that are no answer of IPP: %s"
              .formatted(bytes.length, e.getClass().getSimpleName()),
          e);
    }
  }

  /** The attributes of the printer. */
  Attributes printer() {
    return attributes(Tag.printerAttributes);
  }

  /** The attributes of the job. */
  Attributes job() {
    return attributes(Tag.jobAttributes);
  }

  /**
   * Makes sure that the printer did what it was asked.
   *
   * @throws DeviceException what it said instead
   */
  IppAnswer demandDone(String what) throws DeviceException {
    if (status >= FIRST_ERROR) {
      throw new DeviceException(code(), "%s: IPP status %04X%s".formatted(what, status, advice()));
    }
    return this;
  }

  private Attributes attributes(DelimiterTag tag) {
    return new Attributes(packet.getAttributeGroups(), tag);
  }

  private ErrorCode code() {
    return switch (status) {
      case 0x0401, 0x0402, 0x0403 -> ErrorCode.ACCESS_DENIED;
      case 0x0405 -> ErrorCode.TIMEOUT;
      case 0x0406 -> ErrorCode.NOT_CONNECTED;
      case 0x0408 -> ErrorCode.DOCUMENT_TOO_LARGE;
      case 0x040A, 0x040B, 0x040E, 0x0501 -> ErrorCode.UNSUPPORTED;
      case 0x040F, 0x0410, 0x0411, 0x0412 -> ErrorCode.BAD_DOCUMENT;
      case 0x0507 -> ErrorCode.DEVICE_IN_USE;
      default -> ErrorCode.DEVICE_FAULT;
    };
  }

  private String advice() {
    return switch (status) {
      case 0x0401, 0x0402, 0x0403 -> ", it does not let us; check its rules of access";
      case 0x0406 -> ", no such printer or job there; check the path";
      case 0x040A -> ", it does not take this form of document";
      case 0x040B, 0x040E -> ", it cannot do what is asked";
      case 0x0506 -> ", it takes no jobs; let it take them again";
      default -> "";
    };
  }
}
