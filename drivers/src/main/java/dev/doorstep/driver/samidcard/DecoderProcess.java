package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a photo decoder. Its output is polled: a blocking read would end with the last program
 * that holds the pipe, however late that is. Closing it ends the program and all that it has
 * started, from any thread.
 */
final class DecoderProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(2);
  private static final int STATUS_LENGTH = 256;

  /**
   * Runs the program ($0) for so many seconds ($1) in a group of processes, all of which end with
   * it, and lets so many bytes ($2) of its output through. The last line of the error output is its
   * exit status. Without this, a child that goes on writing after its parent has ended fills this
   * process's memory: Java itself reads all that is in the pipe then.
   */
  private static final String BOUNDED =
      """
      exec 3<&0
      {
        timeout -s KILL "$1" "$0" <&3 2>/dev/null &
        group=$!
        wait $group
        status=$?
        kill -s KILL -- -$group 2>/dev/null
        echo $status >&2
      } | head -c "$2"
      """;

  /** Where there is no such shell, the program is run as it is. */
  private final boolean bounded = File.separatorChar == '/';

  private final int most;
  private final Process process;

  /** What it has started: once it has ended itself, nobody could name those any more. */
  private final Set<ProcessHandle> children = new HashSet<>();

  private volatile boolean closed;

  /**
   * Starts it.
   *
   * @param most how many bytes may come
   * @param seconds how long it may take, as its own bound
   */
  DecoderProcess(Path program, int most, int seconds) throws IOException {
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new IOException("is no program that may be run");
    }
    this.most = most;
    String name = program.toAbsolutePath().toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            bounded
                ? List.of("/bin/sh", "-c", BOUNDED, name, "" + seconds, "" + (most + 1))
                : List.of(name));
    builder.environment().clear(); // nothing of the agent's is its business
    if (!bounded) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    process = builder.start();
  }

  /**
   * Gives it the input and takes its output.
   *
   * @param input no more than a pipe holds
   * @throws IOException if it fails, takes too long or writes too much
   * @throws DeviceException {@code DISCONNECTED} if it was closed meanwhile
   */
  byte[] run(byte[] input, Deadline deadline, Call call) throws IOException, DeviceException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      demandOpen();
      throw new IOException("takes no input", e);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    boolean over = false;
    while (!over) {
      over = !process.isAlive(); // before the last look for output: none comes after it
      take(output);
      if (deadline.expired() || call.cancelled()) {
        throw new IOException("did not end in time");
      }
      synchronized (children) {
        process.descendants().forEach(children::add);
      }
      if (!over) {
        LockSupport.parkNanos(this, POLL.toNanos());
      }
    }
    String status = status();
    demandOpen();
    if (!status.equals("0")) {
      throw new IOException("ended with " + status);
    }
    return output.toByteArray();
  }

  @Override
  public void close() {
    closed = true;
    synchronized (children) {
      process.descendants().forEach(children::add);
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void take(ByteArrayOutputStream output) throws IOException, DeviceException {
    try {
      InputStream out = process.getInputStream();
      for (int there = out.available(); there > 0; there = out.available()) {
        output.write(out.readNBytes(Math.min(there, most + 1 - output.size())));
        if (output.size() > most) {
          throw new IOException("writes more than " + most + " bytes");
        }
      }
    } catch (IOException e) {
      demandOpen(); // a pipe that was closed with the process
      throw e;
    }
    demandOpen();
  }

  private String status() throws IOException {
    if (!bounded) {
      return Integer.toString(process.exitValue());
    }
    InputStream told = process.getErrorStream();
    byte[] text = told.readNBytes(Math.min(told.available(), STATUS_LENGTH));
    String[] lines = new String(text, StandardCharsets.UTF_8).strip().split("\n", -1);
    return lines[lines.length - 1];
  }

  private void demandOpen() throws DeviceException {
    if (closed) {
      throw new DeviceException(ErrorCode.DISCONNECTED, "the photo decoder was stopped");
    }
  }
}
