package dev.doorstep.agent.command;

import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.Job;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.agent.journal.Taken;
import dev.doorstep.agent.journal.Undelivered;
import dev.doorstep.agent.journal.Unfinished;
import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.State;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does with the commands that an earlier one left: whatever may have moved paper ends
 * {@code unknown}, what had not begun is begun if it is still wanted, and every end that the broker
 * does not have is told.
 */
public final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  /** How many ends are told again; more than wait only if the broker was away for very long. */
  private static final int MOST_ENDS = 10_000;

  private final DeviceRegistry devices;
  private final Books books;
  private final Clock clock;

  Recovery(DeviceRegistry devices, Books books, Clock clock) {
    this.devices = devices;
    this.books = books;
    this.clock = clock;
  }

  /** Finds the way to a client. */
  public interface Ways {
    /** The way to where an earlier start would have sent the reply. */
    ReplyTo to(String client, ReplyAddress address);
  }

  /** An end that an earlier start did not come to tell. */
  private record End(State state, ErrorCode code, String detail) {}

  /**
   * Goes on with them.
   *
   * @throws JournalException if the journal cannot be read
   */
  void recover(Ways ways) throws JournalException {
    if (books.journal().isPresent()) {
      recover(books.journal().get(), ways);
    }
  }

  private void recover(Journal journal, Ways ways) throws JournalException {
    List<Undelivered> ended = journal.undelivered(MOST_ENDS);
    List<Unfinished> unfinished = journal.unfinished();
    for (Undelivered reply : ended) {
      tell(journal, reply, ways);
    }
    for (Unfinished command : unfinished) {
      Optional<Command> again = again(command);
      if (again.isEmpty() || !begin(command.command(), again.get(), ways)) {
        end(journal, command.command(), end(command), ways);
      }
    }
    if (!ended.isEmpty() || !unfinished.isEmpty()) {
      log.info(
          "of the start before this one, {} commands had not ended and {} ends were not told",
          unfinished.size(),
          ended.size());
    }
  }

  private void tell(Journal journal, Undelivered ended, Ways ways) {
    WrittenReply last =
        ended
            .reply()
            .flatMap(Replies::stored)
            .orElseGet(
                () ->
                    WrittenReply.of(
                        Replies.failed(
                            ended.key().id(),
                            ended.end() == State.SUCCEEDED ? State.FAILED : ended.end(),
                            problem(
                                ErrorCode.RESULT_GONE,
                                "the agent was restarted before it was told"),
                            ended.caseNumber())));
    ways.to(ended.key().client(), ended.address())
        .send(last, List.of(), () -> journal.delivered(ended.key()));
  }

  /** The command, if it had not begun and is still wanted. */
  private Optional<Command> again(Unfinished found) {
    Taken taken = found.command();
    boolean wanted =
        taken.effect() == Effect.PHYSICAL
            && !found.acting()
            && !found.fromTheFuture()
            && clock.instant().isBefore(taken.expires());
    return Optional.of(taken).filter(t -> wanted).flatMap(Taken::body).flatMap(Recovery::command);
  }

  private boolean begin(Taken taken, Command command, Ways ways) {
    Optional<DeviceLane> lane = devices.find(taken.device());
    if (lane.isEmpty()) {
      return false;
    }
    Entry entry = new Entry(taken.key(), new Digest(taken.digest()), way(taken, ways));
    if (books.commands().enter(entry).isPresent()) {
      return true; // it came again meanwhile and is under way
    }
    entry.safe(); // it is in the journal
    Duration left = Duration.between(clock.instant(), taken.expires());
    Conversation conversation =
        new Conversation(command, taken.device(), taken.effect(), entry, books);
    Job job = conversation.job(Optional.empty(), Deadline.after(left), System.nanoTime());
    if (conversation.goOn(lane.get(), job)) {
      return true;
    }
    books.commands().forget(entry);
    return false;
  }

  private End end(Unfinished found) {
    Taken taken = found.command();
    if (taken.effect() == Effect.SAFE) {
      return new End(State.FAILED, ErrorCode.AGENT_RESTARTED, "it was under way");
    }
    if (found.acting()) {
      return new End(
          State.UNKNOWN, ErrorCode.AGENT_RESTARTED, "the device may have acted before the restart");
    }
    if (found.fromTheFuture()) {
      return new End(State.EXPIRED, ErrorCode.EXPIRED, "the point's clock was set back");
    }
    if (!clock.instant().isBefore(taken.expires())) {
      return new End(State.EXPIRED, ErrorCode.EXPIRED, "it waited longer than its message allows");
    }
    if (devices.find(taken.device()).isEmpty()) {
      return new End(State.REJECTED, ErrorCode.UNKNOWN_DEVICE, "no device of this name any more");
    }
    return new End(State.FAILED, ErrorCode.AGENT_RESTARTED, "it cannot be read or begun any more");
  }

  private void end(Journal journal, Taken taken, End end, Ways ways) {
    WrittenReply last =
        WrittenReply.of(
            Replies.failed(taken.key().id(), end.state(), error(end), taken.caseNumber()));
    journal.ended(
        taken.key(),
        end.state(),
        Optional.of(last.json()),
        written -> way(taken, ways).send(last, List.of(), () -> journal.delivered(taken.key())));
  }

  private static ReplyTo way(Taken taken, Ways ways) {
    return taken
        .address()
        .map(address -> ways.to(taken.key().client(), address))
        .orElse(NoReply.WAY);
  }

  private Problem error(End end) {
    Problem problem = problem(end.code(), end.detail());
    return end.state() == State.UNKNOWN ? Replies.inDoubt(problem, books.locale()) : problem;
  }

  private Problem problem(ErrorCode code, String detail) {
    return Problem.of(code, detail, books.locale());
  }

  private static Optional<Command> command(byte[] stored) {
    try {
      return Optional.of(Codec.command(stored));
    } catch (InvalidMessageException e) {
      log.error("a stored command cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
