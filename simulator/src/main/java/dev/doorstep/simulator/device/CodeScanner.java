package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A barcode and QR scanner on a serial line, of the GM65 kind. Triggered, it looks for a code after
 * the trigger command, for five seconds, and gives the one that is shown; continuous, it gives
 * every code once, when it is shown. A code stays before it until it is taken away.
 *
 * <pre>
 * request  | 7E 00 | type | len | addrHi addrLo | data | CRC |   07 read, 08 write, 09 save, 0A heartbeat
 * reply    | 02 00 | 00   | len | data | CRC |                   of 0A: 03 00 00 01 00 33 31
 * code     | ]Xn if asked for | the code | CR, CR LF or nothing |
 * CRC-16/XMODEM over type … data, 00 … data; a request may have AB CD in its place
 * </pre>
 */
public final class CodeScanner implements WireDevice {

  private static final long LOOKING_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int TRIGGER = 0x0002;
  private static final byte[] HEAD = Bytes.of(0x7E, 0x00);
  private static final int NO_CHECK = 0xABCD;

  private final LongSupplier nanoTime;
  private final byte[] registers = new byte[256];
  private final ByteArrayOutputStream half = new ByteArrayOutputStream();
  private byte[] end = Bytes.of(0x0D);
  private boolean aim;
  private boolean continuous;
  private boolean looking;
  private long lookingSince;
  private byte @Nullable [] shown;
  private @Nullable Wire connection;
  private int triggers;

  /** A triggered scanner that ends a code with CR and sends no AIM identifier. */
  public CodeScanner() {
    this(System::nanoTime);
  }

  CodeScanner(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What it puts behind a code: 0D, 0D 0A, nothing. */
  public synchronized CodeScanner ending(int... bytes) {
    end = Bytes.of(bytes);
    return this;
  }

  /** Whether it puts the AIM identifier before a code. */
  public synchronized CodeScanner aim(boolean on) {
    aim = on;
    return this;
  }

  /** Whether it scans all the time, without a trigger. */
  public synchronized CodeScanner continuous(boolean on) {
    continuous = on;
    return this;
  }

  /** Shows a QR code with a text in a charset. */
  public void showQr(String text, Charset charset) {
    show("]Q1", text.getBytes(charset));
  }

  /** Shows an EAN-13 code. */
  public void showEan13(String digits) {
    show("]E0", digits.getBytes(StandardCharsets.US_ASCII));
  }

  /** Shows a code in place of any other; one that it looks for goes out at once. */
  public void show(String aimIdentifier, byte[] code) {
    Wire line;
    byte[] told;
    synchronized (this) {
      byte[] head = aim ? aimIdentifier.getBytes(StandardCharsets.US_ASCII) : Bytes.of();
      shown = Bytes.join(head, Bytes.join(code, end));
      line = connection;
      told = found();
    }
    if (line != null && told.length > 0) {
      line.send(told);
    }
  }

  /** Takes the code away. */
  public synchronized void take() {
    shown = null;
  }

  /** How often it was triggered. */
  public synchronized int triggers() {
    return triggers;
  }

  @Override
  public synchronized void connected(Wire wire) {
    connection = wire;
    half.reset();
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    for (byte b : bytes) {
      byte[] told = next(b);
      if (told.length > 0) {
        wire.send(told);
        byte[] code;
        synchronized (this) {
          code = found();
        }
        if (code.length > 0) {
          wire.send(code);
        }
      }
    }
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    connection = null;
    looking = false;
  }

  /** The code that it looks for, if one is shown. */
  private byte[] found() {
    looking = looking && nanoTime.getAsLong() - lookingSince < LOOKING_NANOS;
    byte[] code = shown;
    if (code == null || !(looking || continuous)) {
      return Bytes.of();
    }
    looking = false;
    shown = continuous ? null : code; // the next trigger finds it again
    return code;
  }

  /** Takes a byte of a request; the reply once it is whole. */
  private synchronized byte[] next(byte b) {
    if (half.size() < HEAD.length && b != HEAD[half.size()]) {
      half.reset();
      if (b != HEAD[0]) {
        return Bytes.of();
      }
    }
    half.write(b);
    byte[] request = half.toByteArray();
    int length = request.length < 4 ? 4 : 6 + (request[3] & 0xFF) + 2;
    if (request.length < Math.max(length, 9)) {
      return Bytes.of();
    }
    half.reset();
    int check = u16(request, length - 2);
    return check == NO_CHECK || check == crc(request, 2, length - 2) ? answer(request) : Bytes.of();
  }

  private byte[] answer(byte[] request) {
    int address = u16(request, 4);
    return switch (request[2]) {
      case 0x07 -> reply(2, read(address, request[6] & 0xFF));
      case 0x08 -> {
        write(address, request[6]);
        yield reply(2, Bytes.of(0));
      }
      case 0x09 -> reply(2, Bytes.of(0));
      case 0x0A -> reply(3, Bytes.of(0));
      default -> Bytes.of();
    };
  }

  private byte[] read(int address, int count) {
    byte[] read = new byte[count];
    for (int i = 0; i < count; i++) {
      read[i] = registers[(address + i) & 0xFF];
    }
    return read;
  }

  private void write(int address, byte value) {
    if (address == TRIGGER && value == 1) {
      looking = true;
      lookingSince = nanoTime.getAsLong();
      triggers++;
    } else {
      registers[address & 0xFF] = value;
    }
  }

  private static byte[] reply(int first, byte[] data) {
    byte[] checked = Arrays.copyOf(data, data.length + 2);
    byte[] bytes = Bytes.join(Bytes.of(first, 0, 0, data.length), checked);
    int check = crc(bytes, 2, bytes.length - 2);
    bytes[bytes.length - 2] = (byte) (check >> 8);
    bytes[bytes.length - 1] = (byte) check;
    return bytes;
  }

  private static int u16(byte[] b, int at) {
    return ((b[at] & 0xFF) << 8) | (b[at + 1] & 0xFF);
  }

  /** CRC-16/XMODEM, bit by bit. */
  private static int crc(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }
}
