package dev.doorstep.driver.picture;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/**
 * Bytes of which nobody knows beforehand how many they are, between agent and worker.
 *
 * <pre>
 *   { 4   length of a part, 1 to 65 536
 *     n   the part }
 *   4     0: the end, or -1: whoever sent them could not read on
 * </pre>
 */
final class Parcel {
  static final int LARGEST_PART = 65_536;
  private static final int BROKEN = -1;

  private Parcel() {}

  /**
   * Sends all that comes; if it breaks off, the other side is told, and the error goes on.
   *
   * @param unwanted whether to stop: a slow source fills the buffer for a long time before anybody
   *     notices that the other side is gone
   */
  static void send(InputStream from, DataOutputStream out, BooleanSupplier unwanted)
      throws IOException {
    byte[] part = new byte[LARGEST_PART];
    while (!unwanted.getAsBoolean()) {
      int length;
      try {
        length = from.read(part);
      } catch (IOException e) {
        out.writeInt(BROKEN);
        out.flush();
        throw new Broken(e);
      }
      if (length < 0) {
        out.writeInt(0);
        return;
      }
      if (length > 0) {
        out.writeInt(length);
        out.write(part, 0, length);
      }
    }
    throw new IOException("nobody wants it any more");
  }

  static void send(byte[] bytes, DataOutputStream out) throws IOException {
    for (int at = 0; at < bytes.length; at += LARGEST_PART) {
      int length = Math.min(LARGEST_PART, bytes.length - at);
      out.writeInt(length);
      out.write(bytes, at, length);
    }
    out.writeInt(0);
  }

  /** What was sent could not be read where it came from. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(IOException cause) {
      super("the picture broke off", cause);
    }
  }

  /** What comes, as a stream that ends where the parcel does. */
  static InputStream receive(DataInputStream in) {
    return new Contents(in);
  }

  private static final class Contents extends InputStream {
    private final DataInputStream in;
    private int left;
    private boolean ended;

    Contents(DataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0 && !ended) {
        left = in.readInt();
        ended = left <= 0;
        if (left == BROKEN) {
          left = 0;
          throw new IOException("the picture broke off");
        }
        if (left < 0 || left > LARGEST_PART) {
          throw new IOException("a part of " + left + " bytes");
        }
      }
      if (ended) {
        return -1;
      }
      int count = in.read(buffer, offset, Math.min(length, left));
      if (count < 0) {
        throw new java.io.EOFException("the other side is gone");
      }
      left -= count;
      return count;
    }

    /** Reads over what nobody wanted, so that what follows is found. */
    @Override
    public void close() throws IOException {
      byte[] away = new byte[8192];
      int count;
      do {
        count = read(away, 0, away.length);
      } while (count >= 0);
    }
  }
}
