package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ffmpeg as a process of its own: what it writes is read, and what it complains of is looked at
 * when it ends. Owned by the lane, which ends it under whoever reads. Its pipes are asked before
 * they are read, so that no read outlives its patience, and no thread is needed for the complaints.
 */
final class FfmpegProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FfmpegProcess.class);
  private static final long LOOK_NANOS = 2_000_000;
  private static final long LEAVING_SECONDS = 2;

  private final Process process;
  private final Transports transports;
  private final Complaints complaints;
  private volatile boolean closed;
  private boolean gave;

  private FfmpegProcess(Process process, Transports transports, Complaints complaints) {
    this.process = process;
    this.transports = transports;
    this.complaints = complaints;
  }

  /**
   * Starts it.
   *
   * @param source what it reads, for errors
   * @throws DeviceException {@code NOT_CONNECTED} if it is not installed, {@code DISCONNECTED} if
   *     the lane takes no wires any more
   */
  static FfmpegProcess start(List<String> command, String source, Transports transports)
      throws DeviceException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C"); // its errors in the words that Complaints knows
    FfmpegProcess started;
    try {
      Process process = builder.start();
      started = new FfmpegProcess(process, transports, new Complaints(source));
    } catch (IOException e) {
      throw FfmpegProgram.missing(command.get(0), e);
    }
    transports.own(started);
    started.endInput();
    return started;
  }

  /** It is asked nothing. */
  private void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      log.debug("ffmpeg's input was closed: {}", e.toString());
    }
  }

  /** What it writes; a read throws {@link CarriedException}. */
  InputStream output(Patience patience) {
    return new Output(patience);
  }

  /**
   * Waits until it has ended.
   *
   * @return what it complained of
   */
  String complaints(Patience patience) throws DeviceException {
    byte[] away = new byte[4096];
    while (read(away, 0, away.length, patience) > 0) {
      log.trace("ffmpeg's output is of no interest");
    }
    return complaints.text();
  }

  /** Why it has ended, or {@code TIMEOUT} if it has not in time. */
  DeviceException ended(Patience patience) throws DeviceException {
    complaints(patience);
    return closed
        ? new DeviceException(ErrorCode.DISCONNECTED, complaints.source() + " was closed")
        : complaints.ended(process.exitValue(), gave);
  }

  /** Gives -1 once it has ended and everything is read. */
  private int read(byte[] buffer, int offset, int length, Patience patience)
      throws DeviceException {
    try {
      InputStream out = process.getInputStream();
      while (true) {
        boolean alive = process.isAlive(); // before looking, or its last words would be missed
        complaints.read(process.getErrorStream());
        int there = out.available();
        if (there > 0) {
          return out.read(buffer, offset, Math.min(there, length));
        }
        if (!alive) {
          return -1;
        }
        patience.check();
        if (patience.due().expired()) {
          throw new DeviceException(ErrorCode.TIMEOUT, complaints.source() + ": sends nothing");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.DISCONNECTED, complaints.source() + " was closed", e);
    }
  }

  /** Kills it: it has nothing to save, and the kernel lets the camera go. Any thread. */
  @Override
  public void close() {
    closed = true;
    process.destroyForcibly();
    try {
      if (!process.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
        log.warn("ffmpeg, process {}, does not end: the kernel holds it", process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (AutoCloseable pipe : List.of(process.getInputStream(), process.getErrorStream())) {
      try {
        pipe.close();
      } catch (Exception e) {
        log.debug("a pipe of ffmpeg: {}", e.toString());
      }
    }
    transports.disown(this);
  }

  private final class Output extends InputStream {
    private final Patience patience;

    Output(Patience patience) {
      this.patience = patience;
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
      try {
        int read = FfmpegProcess.this.read(buffer, offset, length, patience);
        if (read > 0) {
          gave = true;
          return read;
        }
        throw ended(patience);
      } catch (DeviceException e) {
        throw new CarriedException(e);
      }
    }
  }
}
