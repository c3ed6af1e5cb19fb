package dev.doorstep.driver.ippprinter;

import com.hp.jipp.model.Operation;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.paper.PreparedDocument;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.Printed;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job at a printer, from its making to its end. */
final class PrintJob {
  private static final Logger LOG = LoggerFactory.getLogger(PrintJob.class);

  /** How long a printer may take to give up a job that is cancelled by its client. */
  private static final Duration CANCELLING = Duration.ofSeconds(5);

  private final IppClient client;
  private final IppRequests requests;
  private final PrinterDescription printer;
  private final Waiting waiting;
  private final Call call;
  private boolean processed;

  PrintJob(
      IppClient client,
      IppRequests requests,
      PrinterDescription printer,
      Waiting waiting,
      Call call) {
    this.client = client;
    this.requests = requests;
    this.printer = printer;
    this.waiting = waiting;
    this.call = call;
  }

  /**
   * Prints the document and waits until the printer says how it ended.
   *
   * @throws DeviceException what kept it from that; in doubt if the rest may still come out
   */
  Printed.State print(JobTicket ticket, PreparedDocument document) throws DeviceException {
    return printer.offers(Operation.createJob) && printer.offers(Operation.sendDocument)
        ? createAndSend(ticket, document)
        : sendAtOnce(ticket, document);
  }

  /** The job is made first: whatever becomes of the document, the job can be cancelled. */
  private Printed.State createAndSend(JobTicket ticket, PreparedDocument document)
      throws DeviceException {
    int id =
        id(
            client
                .ask(requests.create(ticket.attributes()), call.deadline(), () -> false)
                .demandDone("making the job"));
    try {
      call.acting();
    } catch (DeviceException e) {
      cancel(id); // without a document there is nothing to come out
      throw e;
    }
    try {
      client
          .send(
              requests.send(id, ticket.format()), document::read, call.deadline(), call::cancelled)
          .demandDone("sending the document");
    } catch (DeviceException e) {
      return ended(id, cancel(id), e);
    }
    return follow(id);
  }

  private Printed.State sendAtOnce(JobTicket ticket, PreparedDocument document)
      throws DeviceException {
    call.acting();
    try {
      return follow(
          id(
              client
                  .send(
                      requests.print(ticket.format(), ticket.attributes()),
                      document::read,
                      call.deadline(),
                      call::cancelled)
                  .demandDone("sending the document")));
    } catch (DeviceException e) {
      // cut off in the middle of a document whose job has no number yet
      throw e.code() == ErrorCode.STOPPING && !e.inDoubt() ? e.butInDoubt() : e;
    }
  }

  private Printed.State follow(int id) throws DeviceException {
    while (true) {
      JobProgress progress;
      try {
        progress = progress(id, call.deadline());
        if (progress.ended()) {
          return ended(progress);
        }
        processed |= progress.state() == JobProgress.PROCESSING;
        Optional<Obstacle> obstacle = obstacle();
        if (obstacle.isPresent()) {
          waiting.tell(obstacle.get());
        } else {
          waiting.tell(progress);
        }
        if (waiting.isOver()) {
          return giveUp(id, progress, obstacle.filter(Obstacle::stops));
        }
        waiting.pause();
        if (call.cancelled()) {
          throw new DeviceException(ErrorCode.STOPPING, "stopped while it was printed");
        }
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.STOPPING || e.inDoubt()) {
          throw e;
        }
        return ended(id, cancel(id), e);
      }
    }
  }

  /** The command's time is over. */
  private Printed.State giveUp(int id, JobProgress progress, Optional<Obstacle> obstacle)
      throws DeviceException {
    if (obstacle.isPresent()) {
      Obstacle why = obstacle.get();
      return ended(
          id,
          cancel(id),
          new DeviceException(why.code(), "the printer says until the end: " + why.reason()));
    }
    if (progress.waits()) {
      return ended(
          id,
          cancel(id),
          new DeviceException(ErrorCode.DEVICE_IN_USE, "other jobs came first until the end"));
    }
    DeviceException late =
        new DeviceException(
            ErrorCode.TIMEOUT, "the printer was still printing when the time was over");
    // What comes out is let come out; what may come out hours later, when nobody stands there, not.
    boolean comesOut = !printer.isQueue() && progress.impressions().orElse(0) > 0;
    if (comesOut) {
      throw late;
    }
    return ended(id, cancel(id), late);
  }

  /** How the job ended by itself. */
  private Printed.State ended(JobProgress progress) throws DeviceException {
    if (progress.state() != JobProgress.COMPLETED) {
      throw progress.failure();
    }
    if (progress.reasons().contains("job-completed-with-errors")) {
      throw new DeviceException(ErrorCode.DEVICE_FAULT, "the printer says: completed with errors")
          .butInDoubt();
    }
    return printer.tellsOfPaper() && !progress.reasons().contains("queued-in-device")
        ? Printed.State.PRINTED
        : Printed.State.SPOOLED;
  }

  /** How a job ended that was cancelled for a reason: it may have been printed before. */
  private Printed.State ended(int id, Optional<JobProgress> end, DeviceException why)
      throws DeviceException {
    if (end.isEmpty()) {
      LOG.warn("job {} may still come out: the printer does not say that it gave it up", id);
      throw why.inDoubt() ? why : why.butInDoubt();
    }
    if (end.get().state() == JobProgress.COMPLETED) {
      return ended(end.get());
    }
    if (processed && printer.isQueue()) {
      throw why.butInDoubt(); // the queue gave it up; whether the printer did it cannot tell
    }
    boolean nothingCameOut = !processed || end.get().printedNothing();
    throw why.code() == ErrorCode.STOPPING && !nothingCameOut ? why.butInDoubt() : why;
  }

  /**
   * Cancels the job and waits until the printer has given it up.
   *
   * @return how it ended; empty if the printer does not say so in time
   */
  private Optional<JobProgress> cancel(int id) {
    Deadline soon = call.deadline().atMost(CANCELLING);
    try {
      client.ask(requests.cancel(id), soon, () -> false); // refused if it has ended: looked at next
      while (true) {
        JobProgress progress = progress(id, soon);
        if (progress.ended()) {
          return Optional.of(progress);
        }
        Waiting.pauseBriefly(soon);
      }
    } catch (DeviceException e) {
      LOG.debug("cancelling job {}: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  private JobProgress progress(int id, Deadline deadline) throws DeviceException {
    return JobProgress.of(
        client
            .ask(requests.follow(id), deadline, () -> false)
            .demandDone("asking for the job")
            .job());
  }

  private Optional<Obstacle> obstacle() throws DeviceException {
    return new PrinterDescription(
            client
                .ask(requests.describe(PrinterDescription.STATE), call.deadline(), call::cancelled)
                .demandDone("asking how it is")
                .printer())
        .obstacle();
  }

  private static int id(IppAnswer answer) throws DeviceException {
    return answer
        .job()
        .number("job-id")
        .orElseThrow(() -> new DeviceException(ErrorCode.GARBLED, "a job without a number"));
  }
}
