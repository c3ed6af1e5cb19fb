package dev.doorstep.driver.paper;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.JavaProgram;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that looks into a document. It ends by itself at the command's deadline, whatever it
 * is at, and whenever this is closed, from any thread.
 */
public final class Worker implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of(
          // enough for a page of A4 at 300 dpi in colour with two layers over it
          "-Xmx256m",
          "-XX:TieredStopAtLevel=1",
          // what PDFBox knows of the installed fonts is kept there, not in a home
          "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"),
          "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog");

  private static final String FOLDER = "document-";
  private static final int LONGEST_TEXT = 1_000;
  private static final long LOOK_NANOS = 5_000_000;
  private static final long ENDING_SECONDS = 5;

  private final Process process;
  private final Transports transports;
  private final Deadline deadline;
  private final BooleanSupplier unwanted;
  private final Program program;
  private final Path temporary;
  private int left;
  private volatile boolean closed;

  private Worker(
      Process process,
      Transports transports,
      Deadline deadline,
      BooleanSupplier unwanted,
      Program program,
      Path temporary) {
    this.program = program;
    this.temporary = temporary;
    this.process = process;
    this.transports = transports;
    this.deadline = deadline;
    this.unwanted = unwanted;
  }

  /**
   * What such a process runs.
   *
   * @param main speaks as {@link WorkerLine} does
   * @param subject what its refusals are about
   * @param late what is told if its time was over
   */
  public record Program(Class<?> main, String subject, String late) {}

  /**
   * Starts it, in the lane's hands, with a folder of its own for temporary files, which goes with
   * it: libraries clean up nothing in a process that is ended.
   *
   * @param words what it is told, behind the milliseconds that it has
   * @param unwanted whether nobody wants it any more: then what waits for it ends {@code STOPPING}
   */
  public static Worker start(
      Program program,
      List<String> words,
      Transports transports,
      Deadline deadline,
      BooleanSupplier unwanted)
      throws DeviceException {
    List<String> all = new ArrayList<>();
    all.add(Long.toString(Math.max(1, deadline.remainingMillis())));
    all.addAll(words);
    try {
      Path temporary = Files.createTempDirectory(FOLDER);
      Process process = JavaProgram.start(program.main(), temporary, OPTIONS, classPath(), all);
      Worker worker = new Worker(process, transports, deadline, unwanted, program, temporary);
      transports.own(worker); // closes it if the wires are closed
      return worker;
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.INTERNAL, "no process for the document: " + e.getMessage(), e);
    }
  }

  /** Hands it the document as it is. It reads all of it before it writes anything. */
  void feed(InputStream in) throws DeviceException {
    byte[] part = new byte[32 * 1024];
    try (OutputStream out = process.getOutputStream()) {
      for (int count = source(in, part); count >= 0; count = source(in, part)) {
        demandWanted();
        out.write(part, 0, count);
      }
    } catch (IOException e) {
      // it has ended before it had all: its first line says why, or there is none
    }
  }

  /** Hands it the document in parts, and says at its end that it is whole. */
  public void feed(PreparedDocument document) throws DeviceException {
    byte[] part = new byte[WorkerLine.LARGEST_PART];
    try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
      for (int count = document.read(part); count >= 0; count = document.read(part)) {
        demandWanted();
        out.writeInt(count);
        out.write(part, 0, count);
      }
      out.writeInt(0);
    } catch (IOException e) {
      // it has ended before it had all: it says why, or died
    }
  }

  /** What comes next of the new document; -1 at its end. */
  int read(byte[] buffer) throws DeviceException {
    if (left == 0) {
      left = word();
    }
    if (left == 0) {
      return -1;
    }
    int count = fill(buffer, Math.min(left, buffer.length));
    left -= count;
    return count;
  }

  /** A number from zero; what is below says that the document is given up. */
  public int word() throws DeviceException {
    int word = number();
    if (word >= 0 && word <= WorkerLine.LARGEST_PART) {
      return word;
    }
    int length = number();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new DeviceException(ErrorCode.INTERNAL, "a reason of " + length + " bytes");
    }
    String text = new String(whole(length), StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    throw new DeviceException(
        ErrorCode.valueOf(text.substring(0, space)),
        program.subject() + ": " + text.substring(space + 1));
  }

  private int number() throws DeviceException {
    return ByteBuffer.wrap(whole(Integer.BYTES)).getInt();
  }

  private byte[] whole(int length) throws DeviceException {
    byte[] bytes = new byte[length];
    for (int count = 0; count < length; ) {
      byte[] part = new byte[length - count];
      int more = fill(part, part.length);
      System.arraycopy(part, 0, bytes, count, more);
      count += more;
    }
    return bytes;
  }

  /** Waits for bytes; at its end the process stays until it is closed, so none are lost. */
  private int fill(byte[] buffer, int length) throws DeviceException {
    InputStream in = process.getInputStream();
    try {
      while (in.available() == 0) {
        demandWanted();
        if (!process.isAlive()) {
          throw died(process.exitValue());
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      return in.read(buffer, 0, Math.min(length, in.available()));
    } catch (IOException e) {
      demandOpen();
      throw new DeviceException(ErrorCode.INTERNAL, "the process for the document is gone", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    transports.disown(this);
    process.descendants().forEach(ProcessHandle::destroyForcibly); // such as lpr
    process.destroyForcibly();
    try {
      if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a process does not end: " + process.pid());
      }
      process.getInputStream().close();
      delete(temporary);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Deletes what processes of an agent that was killed have left.
   *
   * @param folder where the agent had its temporary files
   * @param begun when this one began; what is younger is its own
   */
  public static void sweep(Path folder, Instant begun) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.toList()) {
        if (each.getFileName().toString().startsWith(FOLDER)
            && Files.getLastModifiedTime(each).toInstant().isBefore(begun)) {
          delete(each);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.walk(folder)) {
        for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private DeviceException died(int status) {
    return status == WorkerLine.TIME_IS_OVER
        ? new DeviceException(ErrorCode.TIMEOUT, program.late())
        : new DeviceException(
            ErrorCode.INTERNAL, "the process for the document ended with status " + status);
  }

  private void demandWanted() throws DeviceException {
    demandOpen();
    if (unwanted.getAsBoolean()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped while the document was made");
    }
    if (deadline.expired()) {
      throw new DeviceException(ErrorCode.TIMEOUT, program.late());
    }
  }

  private void demandOpen() throws DeviceException {
    if (closed) {
      throw new DeviceException(ErrorCode.DISCONNECTED, "the process for the document was closed");
    }
  }

  private static int source(InputStream in, byte[] part) throws DeviceException {
    try {
      return in.read(part);
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.BLOB_DAMAGED, "the document cannot be read", e);
    }
  }

  /** What it needs and nothing else, wherever that was loaded from. */
  private static String classPath() {
    return Stream.of(
            Preparer.class,
            dev.doorstep.protocol.ErrorCode.class,
            org.apache.pdfbox.pdmodel.PDDocument.class,
            org.apache.fontbox.ttf.TrueTypeFont.class,
            org.apache.pdfbox.io.RandomAccessRead.class,
            org.apache.commons.logging.LogFactory.class,
            // how a JPEG is to be shown
            com.twelvemonkeys.imageio.metadata.Entry.class,
            com.twelvemonkeys.imageio.stream.SubImageInputStream.class,
            com.twelvemonkeys.io.SubStream.class,
            com.twelvemonkeys.lang.Validate.class,
            com.fasterxml.jackson.annotation.JsonInclude.class,
            org.jspecify.annotations.NullMarked.class)
        .flatMap(Worker::place)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Stream.empty()
          : Stream.of(Path.of(source.getLocation().toURI()).toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class from nowhere: " + type.getName(), e);
    }
  }
}
