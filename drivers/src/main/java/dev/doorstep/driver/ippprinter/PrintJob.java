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
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job at a printer, from its making to its end. */
final class PrintJob {
  private static final Logger LOG = LoggerFactory.getLogger(PrintJob.class);

  /** How long a printer may take to give a job up: less than a lane lets a handler go on. */
  private static final Duration CANCELLING = Duration.ofMillis(2500);

  /** How long it may take to say how a job goes. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** How often it is asked that, until its silence counts. */
  private static final int TRIES = 3;

  private final IppClient client;
  private final IppRequests requests;
  private final PrinterDescription printer;
  private final Waiting waiting;
  private final Call call;
  private boolean begun;

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
              requests.send(id, ticket.format()), document::read, waiting.until(), call::cancelled)
          .demandDone("sending the document");
    } catch (DeviceException e) {
      DeviceException why = e.code() == ErrorCode.TIMEOUT ? late(e) : e;
      return ended(id, cancel(id), why);
    }
    return follow(id);
  }

  /** A printer that takes nothing more, as one without paper does, says why. */
  private DeviceException late(DeviceException late) {
    try {
      return obstacle(true).filter(Obstacle::stops).map(PrintJob::untilTheEnd).orElse(late);
    } catch (DeviceException e) {
      LOG.debug("asking why it takes nothing: {}", e.getMessage());
      return late;
    }
  }

  private Printed.State sendAtOnce(JobTicket ticket, PreparedDocument document)
      throws DeviceException {
    call.acting();
    int id;
    try {
      id =
          id(
              client
                  .send(
                      requests.print(ticket.format(), ticket.attributes()),
                      document::read,
                      waiting.until(),
                      call::cancelled)
                  .demandDone("sending the document"));
    } catch (DeviceException e) {
      // cut off in the middle of a document whose job has no number yet
      throw e.code() == ErrorCode.STOPPING ? e.butInDoubt() : e;
    }
    return follow(id);
  }

  private Printed.State follow(int id) throws DeviceException {
    while (true) {
      Look look;
      try {
        look = look(id);
      } catch (DeviceException e) {
        return ended(id, cancel(id), e);
      }
      JobProgress progress = look.progress();
      if (progress.ended()) {
        return ended(progress);
      }
      if (look.obstacle().isPresent()) {
        waiting.tell(look.obstacle().get());
      } else {
        waiting.tell(progress);
      }
      if (waiting.isOver()) {
        return giveUp(id, progress, look.obstacle().filter(Obstacle::stops));
      }
      waiting.pause();
      if (call.cancelled()) {
        DeviceException stopped =
            new DeviceException(ErrorCode.STOPPING, "stopped while it was printed");
        return ended(id, cancel(id), stopped);
      }
    }
  }

  private record Look(JobProgress progress, Optional<Obstacle> obstacle) {}

  /**
   * One answer that does not come, or a busy printer, ends no print that goes on: it asks again.
   */
  private Look look(int id) throws DeviceException {
    int left = TRIES;
    while (true) {
      try {
        JobProgress progress = progress(id, call.deadline().atMost(ANSWER));
        return new Look(
            progress,
            progress.ended()
                ? Optional.empty()
                : obstacle(printer.isQueue() || progress.state() == JobProgress.STOPPED));
      } catch (DeviceException e) {
        client.demandWires();
        left--;
        if (left == 0 || e.code() == ErrorCode.STOPPING || waiting.isOver()) {
          throw e;
        }
        LOG.debug("job {} is asked for again: {}", id, e.getMessage());
      }
      waiting.pause();
    }
  }

  private static DeviceException untilTheEnd(Obstacle why) {
    return new DeviceException(why.code(), "the printer says until the end: " + why.reason());
  }

  /** The command's time is over. */
  private Printed.State giveUp(int id, JobProgress progress, Optional<Obstacle> obstacle)
      throws DeviceException {
    if (obstacle.isPresent()) {
      return ended(id, cancel(id), untilTheEnd(obstacle.get()));
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
    OptionalInt sides = end.get().impressions();
    // a queue has given it up; whether the printer has, and what it printed, it cannot tell
    boolean counted = sides.isPresent() && !printer.isQueue();
    boolean nothingCameOut = counted ? sides.getAsInt() == 0 : !begun;
    throw nothingCameOut || why.inDoubt() ? why : why.butInDoubt();
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
    JobProgress progress =
        JobProgress.of(
            client
                .ask(requests.follow(id), deadline, () -> false)
                .demandDone("asking for the job")
                .job());
    begun |= progress.begun();
    return progress;
  }

  private Optional<Obstacle> obstacle(boolean jobStopped) throws DeviceException {
    Deadline soon = call.deadline().atMost(ANSWER);
    return new PrinterDescription(
            client
                .ask(requests.describe(PrinterDescription.STATE), soon, call::cancelled)
                .demandDone("asking how it is")
                .printer())
        .obstacle(jobStopped);
  }

  private static int id(IppAnswer answer) throws DeviceException {
    return answer
        .job()
        .number("job-id")
        .orElseThrow(() -> new DeviceException(ErrorCode.GARBLED, "a job without a number"));
  }
}
