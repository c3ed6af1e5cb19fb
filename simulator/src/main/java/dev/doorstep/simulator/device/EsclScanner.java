package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scanner of paper with a glass and a feeder that speaks eSCL (AirScan) over HTTP on 127.0.0.1:
 * JPEG, in colour or grey, at 75 to 600 dots per inch, up to 8.5 by 14 inches. One job at a time.
 * Whatever lies on the glass or in the feeder fills the region that a program asks for.
 */
public final class EsclScanner implements Cable {
  /** The glass is this wide, in 300ths of an inch. */
  static final int WIDTH = 2550;

  /** And this high. */
  static final int HEIGHT = 4200;

  static final int UNITS_PER_INCH = 300;

  private static final Logger LOG = LoggerFactory.getLogger(EsclScanner.class);
  private static final int MAX_CLIENTS = 64;

  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final EsclAnswers answers = new EsclAnswers();
  private int port;
  private @Nullable ServerSocket server;

  private EsclScanner(int port) {
    this.port = port;
  }

  /**
   * Starts a scanner with nothing on its glass and in its feeder.
   *
   * @param port 0 for any free one
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public static EsclScanner start(int port) {
    EsclScanner scanner = new EsclScanner(port);
    scanner.start();
    return scanner;
  }

  /** Where it is, the same after a stop and a start. */
  public synchronized String url() {
    return "http://127.0.0.1:" + port + "/eSCL";
  }

  /** The port of that. */
  public synchronized int port() {
    return port;
  }

  /** Lays a sheet on the glass, in place of any before. */
  public void lay(BufferedImage sheet) {
    answers.lay(sheet);
  }

  /** Puts sheets into the feeder, in place of those before. */
  public void feed(List<BufferedImage> sheets) {
    answers.feed(sheets);
  }

  /** How many sheets lie in the feeder. */
  public int sheets() {
    return answers.sheets();
  }

  /** Whether a job is under way. */
  public boolean scanning() {
    return answers.scanning();
  }

  /** Whether it stands in the middle of a page, which is what {@link ScannerFault#STALL} makes. */
  public boolean stalled() {
    return answers.stalled();
  }

  /** Presses the button that ends the job, if one is under way. */
  public void endJob() {
    answers.forget();
  }

  /** Lets a fault happen from now on, in place of any before. */
  public void fault(ScannerFault fault) {
    answers.fault(fault);
    if (fault == ScannerFault.GONE) {
      stop();
    } else {
      start();
    }
  }

  /** Ends the fault. */
  public void clear() {
    answers.fault(null);
    start();
  }

  /** The fault that is set. */
  public Optional<ScannerFault> fault() {
    return answers.fault();
  }

  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    ServerSocket listening = Sockets.listen(port);
    port = listening.getLocalPort();
    server = listening;
    threads.add(Threads.start("doorstep-scanner-" + port, () -> accept(listening)));
  }

  /** Unplugs it: the job is forgotten, the paper stays. */
  @Override
  public void stop() {
    synchronized (this) {
      Sockets.closeQuietly(server);
      server = null;
      clients.forEach(Sockets::closeQuietly);
    }
    threads.forEach(Threads::end);
    threads.clear();
    answers.forget();
  }

  @Override
  public synchronized boolean started() {
    return server != null;
  }

  @Override
  public void close() {
    stop();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        admit(listening, listening.accept());
      } catch (IOException e) {
        LOG.debug("scanner: {}", e.toString());
      }
    }
  }

  private synchronized void admit(ServerSocket listening, Socket client) {
    if (server != listening || clients.size() >= MAX_CLIENTS) {
      Sockets.closeQuietly(client);
      return;
    }
    clients.add(client);
    threads.add(Threads.start("doorstep-scanner-client-" + client.getPort(), () -> serve(client)));
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      client.setSoTimeout(10_000);
      if (answers.answer(client.getInputStream(), client.getOutputStream())) {
        client.getInputStream().skip(Long.MAX_VALUE);
      }
    } catch (IOException e) {
      LOG.debug("a client left: {}", e.toString());
    } finally {
      clients.remove(client);
      threads.remove(Thread.currentThread());
    }
  }
}
