package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/** The end of the line in the process that looks into a document; see the package. */
public final class WorkerLine {
  /** The most bytes of a part of a document. */
  static final int LARGEST_PART = 64 * 1024;

  /** The most bytes of a document that such a process holds. */
  static final int LARGEST = 64 << 20;

  /** The status of a process whose time was over before it was done. */
  static final int TIME_IS_OVER = 12;

  private WorkerLine() {}

  /** What a process does. */
  public interface Work {
    /** Does it, and says so; a {@link Refusal} is told to the agent. */
    void run(List<String> words, DataOutputStream out) throws IOException;
  }

  /**
   * Does the work within the time that the first word says in milliseconds, and stays until the
   * agent has read all and closes it. Never returns.
   */
  @SuppressWarnings("SystemOut") // its standard output is its line to the agent
  public static void run(String[] words, Work work) throws IOException {
    endIn(Duration.ofMillis(Long.parseLong(words[0])));
    DataOutputStream out = new DataOutputStream(System.out);
    System.setOut(System.err); // whatever a library has to say
    ImageIO.setUseCache(false); // nothing of a document comes to the disk
    try {
      work.run(List.of(words).subList(1, words.length), out);
    } catch (Refusal e) {
      refuse(out, e.code(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      refuse(out, ErrorCode.DOCUMENT_TOO_LARGE, "it takes more memory than there is for it");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // what the parsers say may repeat what stands in the document
      refuse(out, ErrorCode.BAD_DOCUMENT, "it cannot be read: " + e.getClass().getSimpleName());
    }
    out.flush();
    while (true) {
      LockSupport.park(out);
    }
  }

  /**
   * Reads a document that comes in parts, and demands that it is whole.
   *
   * @throws IOException if the line ends before the document
   */
  public static byte[] document() throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    List<byte[]> parts = new ArrayList<>();
    int size = 0;
    for (int length = in.readInt(); length > 0; length = in.readInt()) {
      size += length;
      if (length > LARGEST_PART || size > LARGEST) {
        throw new Refusal(ErrorCode.DOCUMENT_TOO_LARGE, "more than 64 MB");
      }
      byte[] part = new byte[length];
      in.readFully(part);
      parts.add(part);
    }
    byte[] document = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, document, at, part.length);
      at += part.length;
    }
    return document;
  }

  private static void refuse(DataOutputStream out, ErrorCode code, String what) throws IOException {
    byte[] text = (code + " " + what).getBytes(StandardCharsets.UTF_8);
    out.writeInt(-1);
    out.writeInt(text.length);
    out.write(text);
  }

  private static void endIn(Duration time) {
    Thread end =
        new Thread(
            () -> {
              long due = System.nanoTime() + time.toNanos();
              while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
              }
              Runtime.getRuntime().halt(TIME_IS_OVER);
            });
    end.setDaemon(true);
    end.start();
  }
}
