package dev.doorstep.driver.picture;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.JavaProgram;
import dev.doorstep.protocol.ErrorCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A {@link PictureWorker} as its owner sees it. Whatever goes wrong with it ends it. */
final class WorkerProcess implements AutoCloseable {
  private static final int OUT_OF_MEMORY = 3; // the exit status of ExitOnOutOfMemoryError
  private static final int LOOK_MILLIS = 5;

  private static final List<String> OPTIONS =
      List.of(
          // the largest picture and the page that is made of it
          "-Xmx448m",
          // begun small: else it takes a share of the machine's memory before it needs any
          "-Xms48m",
          "-Xmn24m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:+ExitOnOutOfMemoryError");

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final AtomicReference<ErrorCode> ended = new AtomicReference<>();

  private WorkerProcess(Process process) {
    this.process = process;
    this.in =
        new DataInputStream(new BufferedInputStream(process.getInputStream(), Parcel.LARGEST_PART));
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(process.getOutputStream(), Parcel.LARGEST_PART));
  }

  /** Starts one with this program's own Java and class path. */
  static WorkerProcess start() throws DeviceException {
    try {
      return new WorkerProcess(
          JavaProgram.start(
              PictureWorker.class,
              Path.of(System.getProperty("java.io.tmpdir")),
              OPTIONS,
              System.getProperty("java.class.path"),
              List.of()));
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT, "no process for pictures can be started: " + e.getMessage(), e);
    }
  }

  /** What to tell it, and what to make of its answer. */
  interface Exchange<T> {
    T run(DataOutputStream out, Answer in) throws IOException, DeviceException;
  }

  /** Waits for the first byte of an answer, and then reads on. */
  interface Answer {
    DataInputStream await() throws IOException, DeviceException;
  }

  /**
   * Asks it something.
   *
   * @throws DeviceException {@code TIMEOUT} at the deadline, {@code STOPPING} once it is unwanted,
   *     {@code DISCONNECTED} if it was closed, {@code DOCUMENT_TOO_LARGE} if it had too little
   *     memory, {@code DEVICE_FAULT} if it came to its end otherwise: then it is gone
   */
  <T> T ask(Deadline deadline, BooleanSupplier unwanted, Exchange<T> exchange)
      throws DeviceException {
    CompletableFuture<Boolean> alarm = new CompletableFuture<>();
    alarm
        .orTimeout(Math.max(1, deadline.remainingMillis()), TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              end(ErrorCode.TIMEOUT);
              return false;
            });
    try {
      return exchange.run(out, () -> await(unwanted));
    } catch (Parcel.Broken e) {
      end(ErrorCode.DISCONNECTED);
      throw broken(e);
    } catch (IOException e) {
      throw gone(e);
    } finally {
      alarm.complete(true);
    }
  }

  private DataInputStream await(BooleanSupplier unwanted) throws IOException {
    out.flush();
    while (in.available() == 0 && process.isAlive()) {
      if (stops(unwanted)) {
        throw new IOException("unwanted");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end(ErrorCode.DISCONNECTED);
        throw new IOException(e);
      }
    }
    return in;
  }

  private static DeviceException broken(Parcel.Broken e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getCause() instanceof DeviceException told
        ? told
        : new DeviceException(ErrorCode.DISCONNECTED, "the picture broke off", e);
  }

  private DeviceException gone(IOException cause) {
    ErrorCode why = Optional.ofNullable(ended.get()).orElse(ErrorCode.DEVICE_FAULT);
    close();
    String text =
        switch (why) {
          case TIMEOUT -> "the picture was not done in time";
          case STOPPING -> "stopped while the picture was worked on";
          case DISCONNECTED -> "the process for pictures was closed";
          default -> "";
        };
    if (!text.isEmpty()) {
      return new DeviceException(why, text, cause);
    }
    int status = status();
    return status == OUT_OF_MEMORY
        ? new DeviceException(
            ErrorCode.DOCUMENT_TOO_LARGE, "there is no memory for a document of this size", cause)
        : new DeviceException(
            ErrorCode.DEVICE_FAULT,
            "the process for pictures ended with status " + status + "; take the picture again",
            cause);
  }

  private int status() {
    try {
      return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private void end(ErrorCode why) {
    ended.compareAndSet(null, why);
    process.destroyForcibly();
  }

  /** Ends it if it is unwanted. */
  boolean stops(BooleanSupplier unwanted) {
    boolean stops = unwanted.getAsBoolean();
    if (stops) {
      end(ErrorCode.STOPPING);
    }
    return stops;
  }

  boolean alive() {
    return process.isAlive();
  }

  long id() {
    return process.pid();
  }

  /** Ends it at once; a call that waits for it ends with {@code DISCONNECTED}. */
  @Override
  public void close() {
    if (process.isAlive()) {
      end(ErrorCode.DISCONNECTED);
    }
  }
}
