package dev.doorstep.agent.bench;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * The device of the driver {@code echo}, as far as it is measured with: it makes documents, and can
 * be told to answer nothing but how it is.
 */
final class EchoBox implements WireDevice {
  private static final int LARGEST = 64 * 1024;

  private final byte[] document = new byte[LARGEST];
  private byte[] pending = {};
  private boolean hung;

  EchoBox() {
    new Random(20).nextBytes(document);
  }

  /** From now on nothing that is asked is answered, or everything again. */
  synchronized void hang(boolean hangs) {
    hung = hangs;
  }

  @Override
  public synchronized void received(byte[] bytes, Wire wire) {
    pending = joined(pending, bytes);
    for (int end = lineEnd(); end >= 0; end = lineEnd()) {
      String line = new String(pending, 0, end, StandardCharsets.UTF_8);
      pending = Arrays.copyOfRange(pending, end + 1, pending.length);
      byte[] answer = answer(line);
      if (!hung || line.equals("HELLO")) {
        wire.send(answer);
      }
    }
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    pending = new byte[0];
  }

  private byte[] answer(String line) {
    String[] words = line.split(" ", 3);
    return switch (words[0]) {
      case "HELLO" -> text("OK bench box");
      case "SAY" -> text("OK " + line.substring(Math.min(4, line.length())));
      case "MAKE" -> {
        int length = Integer.parseInt(words[2]);
        yield joined(text("OK " + length), Arrays.copyOf(document, length));
      }
      default -> text("ERR not known");
    };
  }

  private int lineEnd() {
    for (int i = 0; i < pending.length; i++) {
      if (pending[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] text(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
