package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation pad with keys, on a serial line of 9600 8N1 or TCP, and the resident before it. No
 * vendor publishes what pads send: both kinds are made up, as examples of how they may differ.
 *
 * <pre>
 * framed: | A5 | address 01 | command | value | sum of address … value, low byte |
 *   pad → agent   4B a key, its number: 03 02 01 00 05 for the levels from the best to the worst, 06 no answer
 *   agent → pad   4C the lamps that are lit, a bit each: 1F all, 00 none; no answer
 *   agent → pad   51 00 how are you     pad → agent   52 the lamps that are lit
 * digits: | one digit in ASCII |  5 is the best; it has no lamps and takes nothing
 * </pre>
 */
public final class KeyPad implements WireDevice {

  private static final int HEAD = 0xA5;
  private static final int ADDRESS = 0x01;
  private static final int KEY = 0x4B;
  private static final int LAMPS = 0x4C;
  private static final int QUERY = 0x51;
  private static final int REPLY = 0x52;
  private static final int FRAME = 5;

  private final boolean framed;
  private final Map<String, Integer> keys;
  private final ByteArrayOutputStream half = new ByteArrayOutputStream();
  private @Nullable Wire connection;
  private @Nullable String intent;
  private int lamps;
  private boolean unanswered;
  private int questions;

  private KeyPad(boolean framed, Map<String, Integer> keys) {
    this.framed = framed;
    this.keys = keys;
  }

  /** A pad with frames, lamps and a key for those who do not want to answer. */
  public static KeyPad framed() {
    return new KeyPad(true, keys(3, 2, 1, 0, 5, 6));
  }

  /** A pad that sends a digit for a key, and has no lamps. */
  public static KeyPad digits() {
    return new KeyPad(false, keys('5', '4', '3', '2', '1'));
  }

  /**
   * Presses the key of a level, such as {@code SATISFIED}, or {@code DECLINED}.
   *
   * @throws IllegalArgumentException if the pad has no such key
   */
  public void press(String answer) {
    pressKey(key(answer));
  }

  /** Presses a key by its number, whatever it means. */
  public void pressKey(int key) {
    synchronized (this) {
      unanswered = false;
    }
    send(framed ? frame(KEY, key) : Bytes.of(key));
  }

  /**
   * From now on the resident presses a key as soon as the lamps are lit; now, if they are and
   * nobody has pressed one.
   *
   * @throws IllegalArgumentException if the pad has no such key
   * @throws IllegalStateException if it has no lamps
   */
  public void willPress(String answer) {
    if (!framed) {
      throw new IllegalStateException("a pad without lamps does not show that it asks");
    }
    int key = key(answer);
    boolean asked;
    synchronized (this) {
      intent = answer;
      asked = unanswered;
    }
    if (asked) {
      pressKey(key);
    }
  }

  /** From now on the resident does not touch the pad. */
  public synchronized void willStayAway() {
    intent = null;
  }

  /** Whether any lamp is lit. */
  public synchronized boolean lit() {
    return lamps != 0;
  }

  /** How often its lamps were lit. */
  public synchronized int questions() {
    return questions;
  }

  /** Sends bytes as they are: what a broken pad or line may send. */
  public void send(byte[] bytes) {
    Wire line;
    synchronized (this) {
      line = connection;
    }
    if (line != null) {
      line.send(bytes);
    }
  }

  @Override
  public synchronized void connected(Wire wire) {
    connection = wire;
    half.reset();
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    if (framed) {
      for (byte b : bytes) {
        next(b).ifPresent(wire::send);
      }
    }
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    connection = null;
  }

  /** Takes a byte of a request; what it says to it once it is whole. */
  private synchronized Optional<byte[]> next(byte b) {
    if (half.size() == 0 && (b & 0xFF) != HEAD) {
      return Optional.empty();
    }
    half.write(b);
    if (half.size() < FRAME) {
      return Optional.empty();
    }
    byte[] request = half.toByteArray();
    half.reset();
    if (request[1] != ADDRESS || request[FRAME - 1] != sum(request)) {
      return Optional.empty();
    }
    return switch (request[2]) {
      case QUERY -> Optional.of(frame(REPLY, lamps));
      case LAMPS -> light(request[3] & 0xFF);
      default -> Optional.empty();
    };
  }

  private Optional<byte[]> light(int mask) {
    boolean asks = mask != 0 && lamps == 0;
    lamps = mask;
    unanswered = (unanswered || asks) && mask != 0;
    questions += asks ? 1 : 0;
    Optional<String> answer = asks ? Optional.ofNullable(intent) : Optional.empty();
    unanswered &= answer.isEmpty();
    return answer.map(it -> frame(KEY, key(it)));
  }

  private int key(String answer) {
    return Optional.ofNullable(keys.get(answer))
        .orElseThrow(
            () ->
                new IllegalArgumentException("no key " + answer + "; there are " + keys.keySet()));
  }

  private static Map<String, Integer> keys(int... numbers) {
    String[] answers = {
      "VERY_SATISFIED",
      "SATISFIED",
      "FAIRLY_SATISFIED",
      "DISSATISFIED",
      "VERY_DISSATISFIED",
      "DECLINED"
    };
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      keys.put(answers[i], numbers[i]);
    }
    return keys;
  }

  private static byte[] frame(int command, int value) {
    byte[] frame = Bytes.of(HEAD, ADDRESS, command, value, 0);
    frame[FRAME - 1] = sum(frame);
    return frame;
  }

  private static byte sum(byte[] frame) {
    return (byte) (frame[1] + frame[2] + frame[3]);
  }
}
