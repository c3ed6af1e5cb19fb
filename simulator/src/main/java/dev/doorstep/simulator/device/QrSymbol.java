package dev.doorstep.simulator.device;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The QR store of a receipt printer: GS ( k with cn = 49. */
final class QrSymbol {

  /** Function 81: print what is stored. */
  static final int PRINT = 0x51;

  private static final Logger LOG = LoggerFactory.getLogger(QrSymbol.class);
  private static final int MODULE_SIZE = 0x43;
  private static final int ERROR_CORRECTION = 0x45;
  private static final int STORE = 0x50;
  private static final int DEFAULT_SIZE = 3;
  private static final ErrorCorrectionLevel[] LEVELS = {
    ErrorCorrectionLevel.L, ErrorCorrectionLevel.M, ErrorCorrectionLevel.Q, ErrorCorrectionLevel.H
  };

  private int moduleSize = DEFAULT_SIZE;
  private ErrorCorrectionLevel level = ErrorCorrectionLevel.L;
  private String content = "";

  void reset() {
    moduleSize = DEFAULT_SIZE;
    level = ErrorCorrectionLevel.L;
    content = "";
  }

  /** A function with at least one parameter; one out of its range changes nothing. */
  void set(int function, byte[] parameters) {
    int n = parameters.length > 0 ? parameters[0] : 0;
    if (function == MODULE_SIZE && n >= 1 && n <= 16) {
      moduleSize = n;
    } else if (function == ERROR_CORRECTION && n >= '0' && n <= '3') {
      level = LEVELS[n - '0'];
    } else if (function == STORE && parameters.length > 1) {
      content = text(parameters);
    }
  }

  int moduleSize() {
    return moduleSize;
  }

  /** The symbol of what is stored, one dark module a 1; empty when nothing is, or too much. */
  Optional<ByteMatrix> encode() {
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Encoder.encode(content, level, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
              .getMatrix());
    } catch (WriterException e) {
      LOG.warn("no QR code holds {} characters at level {}", content.length(), level);
      return Optional.empty();
    }
  }

  /** The parameters begin with m = 48; then UTF-8 or, if it is not that, the printer's GB18030. */
  private static String text(byte[] parameters) {
    ByteBuffer data = ByteBuffer.wrap(parameters, 1, parameters.length - 1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(data.duplicate()).toString();
    } catch (CharacterCodingException e) {
      LOG.debug("a QR code that is not UTF-8: {}", e.toString());
      return Charset.forName("GB18030").decode(data).toString();
    }
  }
}
