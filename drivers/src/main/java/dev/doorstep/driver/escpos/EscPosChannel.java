package dev.doorstep.driver.escpos;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes to a printer, and its answers. Given up, its line stays closed. */
final class EscPosChannel {
  private static final Logger LOG = LoggerFactory.getLogger(EscPosChannel.class);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** Answers to reports with nothing to print between them come closer together than this. */
  private static final Duration APART = Duration.ofMillis(200);

  /** More than any printer sends unasked between two answers. */
  private static final int MOST_NOISE = 256;

  /** What is sent in one go: at 9600 baud this takes a quarter of a second. */
  private static final int PIECE = 256;

  private static final byte[] REPORT = {0x1D, 0x72, 0x01};
  private static final byte[] QUIET_AND_REPORT = {0x1D, 0x61, 0x00, 0x1D, 0x72, 0x01};

  /** As many bytes as end any command that came half: of an older job, say. */
  private static final int FLUSH = 8192;

  private static final byte[] CLEARED = {0x37, 0x25, 0x00};

  private final Transport transport;
  private final PrinterModel model;
  private final PrinterBytes incoming;
  private boolean settled;
  private boolean givenUp;

  EscPosChannel(Transport transport, PrinterModel model) {
    this.transport = transport;
    this.model = model;
    this.incoming = new PrinterBytes(transport);
  }

  /** Asks how the printer is, in real time. */
  PrinterStatus status(Deadline deadline) throws DeviceException {
    transport.discardInput();
    return ask(deadline);
  }

  /**
   * Before the first job of a connection: waits until the printer is through with whatever it still
   * has from an earlier one, so that no answer to that is taken for an answer to this.
   *
   * @throws DeviceException what keeps it from that, or {@code TIMEOUT}
   */
  void settle(Deadline deadline) throws DeviceException {
    if (settled) {
      return;
    }
    expectReport();
    transport.write(QUIET_AND_REPORT, deadline);
    Deadline soon = deadline.atMost(ANSWER);
    boolean heard = true;
    while (heard && !incoming.reported()) {
      heard = hears(soon, deadline);
    }
    if (!incoming.reported()) {
      byte[] flush = new byte[FLUSH + 2 + QUIET_AND_REPORT.length];
      flush[FLUSH] = 0x1B;
      flush[FLUSH + 1] = 0x40;
      System.arraycopy(QUIET_AND_REPORT, 0, flush, FLUSH + 2, QUIET_AND_REPORT.length);
      transport.write(flush, deadline);
    }
    report(deadline, "before printing").demandReady("before printing");
    for (int noise = 0; hears(deadline.atMost(APART), deadline); noise++) {
      if (noise == MOST_NOISE) {
        throw new DeviceException(ErrorCode.GARBLED, MOST_NOISE + " bytes that nobody asked for");
      }
    }
    settled = true;
  }

  /** From now on waits and jobs end with {@code STOPPING} once this says so. */
  void stopWhen(BooleanSupplier stop) {
    incoming.stopWhen(stop);
  }

  /**
   * Sends a job; in pieces that a client's wish can stop in between, if the printer can be made to
   * forget those that it has. A ticket that is whole is better than one of which the rest is read
   * as the beginning of the next.
   *
   * @throws DeviceException {@code STOPPING} if nobody wants it any more, in doubt if the printer
   *     has some of it
   */
  void send(byte[] bytes, Deadline deadline) throws DeviceException {
    int piece = model.clearing().length == 0 ? bytes.length : PIECE;
    for (int sent = 0; sent < bytes.length; sent += piece) {
      try {
        incoming.demandWanted();
      } catch (DeviceException e) {
        throw sent == 0 ? e : e.butInDoubt();
      }
      transport.write(
          Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + piece)), deadline);
    }
  }

  /**
   * Waits until the printer says that all that was sent is printed.
   *
   * @throws DeviceException what keeps it from printing on, or {@code TIMEOUT}; in doubt if it says
   *     at once that it is through and that something stands in the way
   */
  void awaitPrinted(Deadline deadline) throws DeviceException {
    expectReport();
    transport.write(REPORT, deadline);
    PrinterStatus after = report(deadline, "while it printed");
    try {
      after.demandReady("after it printed");
    } catch (DeviceException e) {
      throw e.butInDoubt();
    }
  }

  /** Has the printer forget what it has not printed yet; whether it said that it has. */
  boolean cleared(Deadline deadline) {
    byte[] clearing = model.clearing();
    if (clearing.length == 0) {
      return false;
    }
    try {
      transport.write(clearing, deadline.atMost(ANSWER));
      return incoming.comes(CLEARED, MOST_NOISE, deadline.atMost(ANSWER));
    } catch (DeviceException e) {
      LOG.debug("not cleared: {}", e.getMessage());
      return false;
    }
  }

  /** Closes the line: what may still come on it belongs to a job that has ended. */
  void giveUp() {
    givenUp = true;
    transport.close();
  }

  /**
   * Makes sure that the line was not given up.
   *
   * @throws DeviceException {@code DISCONNECTED} if it was
   */
  void demandKept() throws DeviceException {
    if (givenUp) {
      throw new DeviceException(
          ErrorCode.DISCONNECTED, "the line was closed after a job whose end nobody told");
    }
  }

  /** Makes sure that the line is open, of a printer that cannot say more. */
  void demandOpen() throws DeviceException {
    transport.discardInput();
  }

  private void expectReport() throws DeviceException {
    transport.discardInput();
    incoming.expectReport();
  }

  /** Waits for the report; how the printer is after it. */
  private PrinterStatus report(Deadline deadline, String when) throws DeviceException {
    while (!incoming.reported()) {
      if (!hears(deadline.atMost(BETWEEN_LOOKS), deadline)) {
        // Quiet: it prints still, or something stands in the way. The report may come meanwhile.
        Optional<PrinterStatus> status = look(deadline);
        if (status.isPresent() && !incoming.reported()) {
          status.get().demandReady(when);
        }
      }
    }
    Optional<PrinterStatus> after = look(deadline);
    while (after.isEmpty()) {
      incoming.forgetOwed(); // it is through: what has not come by now was lost
      after = look(deadline);
    }
    return after.get();
  }

  /** How the printer is; empty if it is too busy to say, as long as there is time. */
  private Optional<PrinterStatus> look(Deadline deadline) throws DeviceException {
    try {
      return Optional.of(ask(deadline));
    } catch (DeviceException e) {
      demandTime(e, deadline);
      return Optional.empty();
    }
  }

  private PrinterStatus ask(Deadline latest) throws DeviceException {
    Deadline late = latest.atMost(ANSWER);
    while (incoming.owed()) {
      incoming.next(late); // answers to questions that it had no time for
    }
    byte[] answers = new byte[PrinterStatus.QUERIES];
    for (int query = 1; query <= answers.length; query++) {
      transport.write(new byte[] {0x10, 0x04, (byte) query}, latest);
      incoming.owe();
      Deadline deadline = latest.atMost(ANSWER);
      int answer = incoming.next(deadline);
      for (int noise = 0; !PrinterStatus.realTime(answer); noise++) {
        if (noise == MOST_NOISE) {
          throw new DeviceException(ErrorCode.GARBLED, MOST_NOISE + " bytes that are no status");
        }
        answer = incoming.next(deadline);
      }
      answers[query - 1] = (byte) answer;
    }
    return new PrinterStatus(model, answers);
  }

  private boolean hears(Deadline until, Deadline deadline) throws DeviceException {
    try {
      incoming.next(until);
      return true;
    } catch (DeviceException e) {
      demandTime(e, deadline);
      return false;
    }
  }

  private static void demandTime(DeviceException e, Deadline deadline) throws DeviceException {
    if (e.code() != ErrorCode.TIMEOUT || deadline.expired()) {
      throw e;
    }
  }
}
