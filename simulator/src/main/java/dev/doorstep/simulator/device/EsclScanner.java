package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

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

  private static final int MAX_CLIENTS = 64;

  private final EsclAnswers answers = new EsclAnswers();
  private final SharedPlug plug;

  private EsclScanner(int port) {
    this.plug = new SharedPlug("doorstep-scanner-", port, MAX_CLIENTS, this::serve);
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
  public String url() {
    return "http://127.0.0.1:" + port() + "/eSCL";
  }

  /** The port of that. */
  public int port() {
    return plug.port();
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
  public void start() {
    plug.start();
  }

  /** Unplugs it: the job is forgotten, the paper stays. */
  @Override
  public void stop() {
    plug.stop();
    answers.forget();
  }

  @Override
  public boolean started() {
    return plug.started();
  }

  @Override
  public void close() {
    stop();
  }

  private void serve(Socket client) throws IOException {
    if (answers.answer(client.getInputStream(), client.getOutputStream())) {
      client.getInputStream().skip(Long.MAX_VALUE);
    }
  }
}
