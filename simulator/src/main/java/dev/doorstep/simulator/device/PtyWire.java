package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device on a serial line: a pseudo-terminal that Debian's {@code socat} opens, with a link of
 * the caller's choice to its name. The program under test opens the link like a serial port; speed
 * and parity are accepted and mean nothing. Programs may open and close it any number of times,
 * which a device on a serial line does not notice.
 */
public final class PtyWire implements Cable {

  private static final Logger LOG = LoggerFactory.getLogger(PtyWire.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WireDevice device;
  private final Path link;
  private @Nullable Process process;
  private @Nullable StreamWire wire;
  private @Nullable Thread thread;

  private PtyWire(WireDevice device, Path link) {
    this.device = device;
    this.link = link.toAbsolutePath();
  }

  /**
   * Lays a serial line to a device; returns when it can be opened.
   *
   * @param link where the link to the pseudo-terminal is made; a link that is there is replaced
   * @throws UncheckedIOException if there is no {@code socat} or it does not start
   */
  public static PtyWire serve(WireDevice device, Path link) {
    PtyWire wire = new PtyWire(device, link);
    wire.start();
    return wire;
  }

  /** Tells whether this machine has what it takes: the program {@code socat}. */
  public static boolean available() {
    return Programs.find("socat").isPresent();
  }

  /** The link that a program opens as its serial port. */
  public Path path() {
    return link;
  }

  @Override
  public synchronized void start() {
    if (started()) {
      return;
    }
    stop();
    Path socat =
        Programs.find("socat")
            .orElseThrow(
                () ->
                    new UncheckedIOException(
                        new IOException(
                            "a serial line needs the program socat: apt-get install socat")));
    try {
      Files.deleteIfExists(link);
      Process started =
          new ProcessBuilder(List.of(socat.toString(), "pty,raw,echo=0,link=" + link, "STDIO"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process = started;
      awaitLink(started);
      StreamWire line = new StreamWire(started.getOutputStream(), started::destroy);
      wire = line;
      thread = Threads.start("doorstep-pty-" + link.getFileName(), () -> serve(started, line));
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException("no serial line at " + link, e);
    }
  }

  @Override
  public void stop() {
    Thread ending;
    // first of all: once the line is gone, the kernel gives its number to another's, which whoever
    // still opens the link would close for them
    unlink();
    synchronized (this) {
      if (wire != null) {
        wire.close();
      }
      if (process != null) {
        end(process);
      }
      ending = thread;
      process = null;
      wire = null;
      thread = null;
    }
    Threads.end(ending);
    unlink();
  }

  private void unlink() {
    try {
      Files.deleteIfExists(link);
    } catch (IOException e) {
      LOG.debug("the link {} stays: {}", link, e.toString());
    }
  }

  @Override
  public synchronized boolean started() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitLink(Process started) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      if (!started.isAlive() || System.nanoTime() > end || !Threads.pause(Duration.ofMillis(2))) {
        throw new IOException("socat made no link");
      }
    }
  }

  private void serve(Process started, StreamWire line) {
    device.connected(line);
    try (InputStream in = started.getInputStream()) {
      byte[] buffer = new byte[8192];
      int n;
      while ((n = in.read(buffer)) > 0) {
        device.received(Arrays.copyOf(buffer, n), line);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", link, e.toString());
    } finally {
      device.disconnected(line);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
