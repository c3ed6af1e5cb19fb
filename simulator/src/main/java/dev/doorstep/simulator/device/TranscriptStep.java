package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a transcript. */
public final class TranscriptStep {

  /** What a step does. */
  public enum Kind {
    /** The program has to send these bytes. */
    REQUEST,
    /** The device sends these bytes. */
    ANSWER,
    /** The device does nothing for a time. */
    STALL,
    /** The device hangs up. */
    CLOSE,
    /** The first bytes of the next answer are lost. */
    DROP,
    /** The device sends bytes that belong to nothing. */
    NOISE
  }

  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s)");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final Pattern BYTE = Pattern.compile("[0-9A-Fa-f]{2}");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Kind kind;
  private final int line;
  private final byte[] bytes;
  private final Duration time;
  private final int count;

  private TranscriptStep(Kind kind, int line, byte[] bytes, Duration time, int count) {
    this.kind = kind;
    this.line = line;
    this.bytes = bytes;
    this.time = time;
    this.count = count;
  }

  /** What the step does. */
  public Kind kind() {
    return kind;
  }

  /** The line it stands in, from 1. */
  public int line() {
    return line;
  }

  /** The bytes of a request, an answer or noise; else none. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The time of a stall; else none. */
  public Duration time() {
    return time;
  }

  /** How many bytes a drop loses; else 0. */
  public int count() {
    return count;
  }

  @Override
  public String toString() {
    return "line " + line + ": " + kind + " " + Bytes.hex(bytes);
  }

  /** Empty for a line that is blank or only a comment. */
  static Optional<TranscriptStep> parse(int line, String text) {
    int comment = text.indexOf('#');
    String content = (comment < 0 ? text : text.substring(0, comment)).strip();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    String rest = content.substring(1).strip();
    return Optional.of(
        switch (content.charAt(0)) {
          case '>' -> bytes(Kind.REQUEST, line, rest);
          case '<' -> bytes(Kind.ANSWER, line, rest);
          case '!' -> fault(line, rest);
          default -> throw new IllegalArgumentException("a line begins with #, >, < or !");
        });
  }

  private static TranscriptStep fault(int line, String text) {
    String[] words = text.split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "stall" -> new TranscriptStep(Kind.STALL, line, new byte[0], time(argument), 0);
      case "close" -> {
        require(argument.isEmpty(), "close stands alone");
        yield new TranscriptStep(Kind.CLOSE, line, new byte[0], Duration.ZERO, 0);
      }
      case "drop" -> {
        require(COUNT.matcher(argument).matches(), "drop needs a number of bytes");
        yield new TranscriptStep(
            Kind.DROP, line, new byte[0], Duration.ZERO, Integer.parseInt(argument));
      }
      case "noise" -> bytes(Kind.NOISE, line, argument);
      default -> throw new IllegalArgumentException("not one of stall, close, drop, noise");
    };
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    require(matcher.matches(), "stall needs a time such as 5s or 300ms");
    long n = Long.parseLong(matcher.group(1));
    Duration time = matcher.group(2).equals("s") ? Duration.ofSeconds(n) : Duration.ofMillis(n);
    require(time.compareTo(LONGEST) <= 0, "a stall is at most ten minutes");
    return time;
  }

  private static TranscriptStep bytes(Kind kind, int line, String text) {
    require(!text.isEmpty(), "no bytes");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : text.split("\\s+")) {
      require(BYTE.matcher(word).matches(), "not a byte of two hex digits: " + word);
      bytes.write(Integer.parseInt(word, 16));
    }
    return new TranscriptStep(kind, line, bytes.toByteArray(), Duration.ZERO, 0);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
