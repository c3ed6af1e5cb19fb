package dev.doorstep.simulator.device;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ESC/POS and moves the print head. Commands that a text ticket does not need are skipped
 * with their parameters; an unknown one costs its two bytes and what follows it is printed, as on
 * paper.
 */
final class EscPosInterpreter {

  private static final Logger LOG = LoggerFactory.getLogger(EscPosInterpreter.class);
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int MAX_RASTER = 1 << 20;

  /** Commands without effect here, and how many parameter bytes they have. */
  private static final Map<Integer, Integer> SKIPPED =
      Map.ofEntries(
          Map.entry(0x1B20, 1), // character spacing
          Map.entry(0x1B2D, 1), // underline
          Map.entry(0x1B32, 0), // default line spacing
          Map.entry(0x1B33, 1), // line spacing
          Map.entry(0x1B4D, 1), // font
          Map.entry(0x1B52, 1), // international characters
          Map.entry(0x1B70, 3), // drawer
          Map.entry(0x1B74, 1), // code page
          Map.entry(0x1B7B, 1), // upside down
          Map.entry(0x1C21, 1), // Chinese print mode
          Map.entry(0x1C2D, 1), // Chinese underline
          Map.entry(0x1C53, 2), // Chinese spacing
          Map.entry(0x1C57, 1), // Chinese double size
          Map.entry(0x1D42, 1), // white on black
          Map.entry(0x1D4C, 2), // left margin
          Map.entry(0x1D57, 2), // width of the printed area
          Map.entry(0x1D66, 1), // font of bar code text
          Map.entry(0x1004, 1), // real-time status, answered on arrival
          Map.entry(0x1005, 1), // real-time request
          Map.entry(0x1014, 3)); // real-time pulse

  private final PrintHead head;
  private final Consumer<Boolean> automaticStatus;
  private final IntConsumer paperReport;
  private boolean chinese;

  EscPosInterpreter(PrintHead head, Consumer<Boolean> automaticStatus, IntConsumer paperReport) {
    this.head = head;
    this.automaticStatus = automaticStatus;
    this.paperReport = paperReport;
  }

  /** Runs every whole command; returns how many bytes they took. */
  int run(byte[] bytes) {
    int at = 0;
    int step;
    while (at < bytes.length && (step = step(bytes, at)) > 0) {
      at += step;
    }
    return at;
  }

  /** One command or character: how many bytes it had, or 0 when it is not whole yet. */
  private int step(byte[] b, int at) {
    int first = b[at] & 0xFF;
    return switch (first) {
      case 0x1B, 0x1C, 0x1D, 0x10 -> at + 1 < b.length ? command(b, at) : 0;
      case '\n' -> {
        head.lineFeed();
        yield 1;
      }
      default -> first < 0x20 ? 1 : character(b, at);
    };
  }

  private int character(byte[] b, int at) {
    int first = b[at] & 0xFF;
    if (first < 0x80) {
      head.character((char) first, false);
      return 1;
    }
    if (!chinese || first == 0x80 || first == 0xFF) {
      head.character('?', false);
      return 1;
    }
    if (at + 1 >= b.length) {
      return 0;
    }
    boolean fourBytes = b[at + 1] >= '0' && b[at + 1] <= '9';
    int length = fourBytes ? 4 : 2;
    if (at + length > b.length) {
      return 0;
    }
    new String(b, at, length, GB18030).codePoints().forEach(c -> head.character(c, true));
    return length;
  }

  private int command(byte[] b, int at) {
    int code = ((b[at] & 0xFF) << 8) | (b[at + 1] & 0xFF);
    return switch (code) {
      case 0x1B40 -> {
        chinese = false;
        head.reset();
        yield 2;
      }
      case 0x1C26, 0x1C2E -> {
        chinese = code == 0x1C26;
        yield 2;
      }
      case 0x1B61 -> parameter(b, at, n -> head.align(n % 48));
      case 0x1B45 -> parameter(b, at, n -> head.bold((n & 1) == 1));
      case 0x1B21 -> parameter(b, at, this::printMode);
      case 0x1D21 -> parameter(b, at, n -> head.size((n >> 4) + 1, (n & 0x0F) + 1));
      case 0x1B64 -> parameter(b, at, head::feedLines);
      case 0x1B4A -> parameter(b, at, head::feedDots);
      case 0x1D61 -> parameter(b, at, n -> automaticStatus.accept(n != 0));
      case 0x1D72 -> parameter(b, at, paperReport);
      case 0x1D56 -> cut(b, at);
      case 0x1D28 -> function(b, at);
      case 0x1D48 -> parameter(b, at, head.barcode()::text);
      case 0x1D68 -> parameter(b, at, head.barcode()::height);
      case 0x1D77 -> parameter(b, at, head.barcode()::module);
      case 0x1D6B -> barcode(b, at);
      case 0x1D76 -> raster(b, at);
      default -> skip(b, at, code);
    };
  }

  private static int parameter(byte[] b, int at, IntConsumer effect) {
    if (at + 2 >= b.length) {
      return 0;
    }
    effect.accept(b[at + 2] & 0xFF);
    return 3;
  }

  private void printMode(int n) {
    head.bold((n & 0x08) != 0);
    head.size((n & 0x20) != 0 ? 2 : 1, (n & 0x10) != 0 ? 2 : 1);
  }

  private int cut(byte[] b, int at) {
    if (at + 2 >= b.length) {
      return 0;
    }
    boolean feeds = b[at + 2] == 65 || b[at + 2] == 66;
    if (!feeds) {
      head.cut();
      return 3;
    }
    if (at + 3 >= b.length) {
      return 0;
    }
    head.feedDots(b[at + 3] & 0xFF);
    head.cut();
    return 4;
  }

  /** GS ( x pL pH data; only the QR functions of x = k have an effect. */
  private int function(byte[] b, int at) {
    if (at + 4 >= b.length) {
      return 0;
    }
    int length = u16(b, at + 3);
    if (at + 5 + length > b.length) {
      return 0;
    }
    if (b[at + 2] == 'k' && length >= 3 && b[at + 5] == 0x31) {
      head.qr(b[at + 6] & 0xFF, Arrays.copyOfRange(b, at + 7, at + 5 + length));
    }
    return 5 + length;
  }

  /** GS k m data NUL up to m = 6, GS k m n data above. */
  private int barcode(byte[] b, int at) {
    if (at + 3 >= b.length) {
      return 0;
    }
    int kind = b[at + 2] & 0xFF;
    int from = kind <= 6 ? at + 3 : at + 4;
    int end = kind <= 6 ? from : from + (b[at + 3] & 0xFF);
    while (kind <= 6 && end < b.length && b[end] != 0) {
      end++;
    }
    int past = kind <= 6 ? end + 1 : end;
    if (past > b.length) {
      return 0;
    }
    head.barcode(kind, Arrays.copyOfRange(b, from, end));
    return past - at;
  }

  /** GS v 0 m xL xH yL yH data. */
  private int raster(byte[] b, int at) {
    if (at + 7 >= b.length) {
      return 0;
    }
    int width = u16(b, at + 4);
    int height = u16(b, at + 6);
    if ((long) width * height > MAX_RASTER) {
      LOG.warn("a raster of {} x {} is left out", width * 8L, height);
      return 8;
    }
    int end = at + 8 + width * height;
    if (end > b.length) {
      return 0;
    }
    head.raster(width, Arrays.copyOfRange(b, at + 8, end), b[at + 3] & 3);
    return end - at;
  }

  private static int skip(byte[] b, int at, int code) {
    Integer parameters = SKIPPED.get(code);
    if (parameters == null) {
      LOG.debug("unknown command {}", Integer.toHexString(code));
      return 2;
    }
    return at + 2 + parameters <= b.length ? 2 + parameters : 0;
  }

  private static int u16(byte[] b, int at) {
    return (b[at] & 0xFF) | ((b[at + 1] & 0xFF) << 8);
  }
}
