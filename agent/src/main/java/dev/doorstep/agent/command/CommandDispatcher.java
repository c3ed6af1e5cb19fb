package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.device.Checked;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.Job;
import dev.doorstep.agent.journal.CommandKey;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.Known;
import dev.doorstep.agent.journal.Taken;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Answers every command, also the bad, the late and the unknown one. Any thread; never blocks on a
 * device.
 */
public final class CommandDispatcher {
  /** The device name of the agent itself. */
  public static final String AGENT = "agent";

  private final DeviceRegistry devices;
  private final Books books;
  private final Clock clock;
  private final AgentOperations own;
  private final Repeats repeats;
  private final Rejections rejections = new Rejections();
  private final Object taking = new Object();
  private volatile boolean stopping;

  /**
   * A dispatcher for some devices.
   *
   * @param journal where commands are kept; empty where they end with the program
   * @param locale the language of recoveries
   * @param clock the point's clock, for the times that outlive a restart
   * @param background does what takes longer than a message may be held up
   */
  public CommandDispatcher(
      DeviceRegistry devices,
      Optional<Journal> journal,
      BlobStore blobs,
      Locale locale,
      Clock clock,
      Executor background,
      CommandCounters counters) {
    this.devices = devices;
    this.books = new Books(new Commands(), journal, blobs, counters, locale);
    this.clock = clock;
    this.own = new AgentOperations(devices, books, background);
    this.repeats = new Repeats(books);
  }

  /** From now on every new command is {@code rejected} as {@code STOPPING}. */
  public void stop() {
    stopping = true;
  }

  /**
   * Goes on with what a start before this one left in the journal; before the first command.
   *
   * @throws JournalException if the journal cannot be read
   */
  public void recover(Recovery.Ways ways) throws JournalException {
    new Recovery(devices, books, clock).recover(ways);
  }

  /** Takes a message; its replies go where it says, the final one exactly once. */
  public void dispatch(Request request) {
    long arrived = System.nanoTime();
    Optional<Command> command = Optional.empty();
    try {
      if (request.retained()) {
        throw new Refusal(ErrorCode.RETAINED, "a retained command would run at every reconnect");
      }
      if (request.payload().length > Command.LARGEST_MESSAGE) {
        throw new Refusal(
            ErrorCode.TOO_LARGE, "the message has " + request.payload().length + " bytes");
      }
      command = Optional.of(decode(request));
      Optional<Runnable> action;
      synchronized (taking) {
        action = take(request, command.get(), arrived);
      }
      action.ifPresent(Runnable::run);
    } catch (Refusal refusal) {
      reject(request, command, refusal);
    } catch (RuntimeException e) {
      Defects.log("dispatch", e);
      reject(request, command, new Refusal(ErrorCode.INTERNAL, "a defect of the agent"));
    }
  }

  /** Returns what the agent itself has to do now, if it is asked for something. */
  private Optional<Runnable> take(Request request, Command command, long arrived) throws Refusal {
    Digest digest = Digest.of(request.device(), command);
    CommandKey key = new CommandKey(request.client(), command.id());
    Entry entry = new Entry(key, digest, request.replyTo());
    Optional<Entry> known = books.commands().enter(entry);
    if (known.isPresent()) {
      repeats.answer(known.get(), digest, request);
      return Optional.empty();
    }
    boolean taken = false;
    try {
      Optional<Known> old = known(key);
      if (old.isPresent()) {
        repeats.answer(old.get(), digest, command, request);
        return Optional.empty();
      }
      rejections.demandNone(request, key, digest);
      Optional<Runnable> action = begin(request, command, entry, digest, arrived);
      taken = true;
      return action;
    } catch (Refusal refusal) {
      rejections.remember(key, digest, refusal);
      throw refusal;
    } finally {
      if (!taken) {
        books.commands().forget(entry);
      }
    }
  }

  private Optional<Known> known(CommandKey key) throws Refusal {
    if (books.journal().isEmpty()) {
      return Optional.empty();
    }
    try {
      return books.journal().get().find(key);
    } catch (JournalException e) {
      throw new Refusal(e.code(), "whether it came before is not known: " + e.getMessage());
    }
  }

  private Optional<Runnable> begin(
      Request request, Command command, Entry entry, Digest digest, long arrived) throws Refusal {
    if (stopping) {
      throw new Refusal(ErrorCode.STOPPING, "the agent stops");
    }
    if (request.device().equals(AGENT)) {
      AgentOperations.Action action = own.prepare(command);
      Conversation conversation = new Conversation(command, AGENT, Effect.SAFE, entry, books);
      conversation.begin(taken(request, command, entry, digest, Effect.SAFE));
      entry.whenSafe(request.safe());
      return Optional.of(
          () ->
              action.run(
                  entry,
                  outcome -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - arrived);
                    conversation.ended(outcome, new Reply.Times(Duration.ZERO, took));
                  }));
    }
    DeviceLane lane =
        devices
            .find(request.device())
            .orElseThrow(() -> new Refusal(ErrorCode.UNKNOWN_DEVICE, "no device of this name"));
    Checked checked = check(lane, command);
    Effect effect = checked.effect();
    Conversation conversation = new Conversation(command, request.device(), effect, entry, books);
    Job job = conversation.job(checked.parameters(), Deadline.after(request.expiry()), arrived);
    if (!conversation.begin(lane, job, taken(request, command, entry, digest, effect))) {
      throw new Refusal(ErrorCode.BUSY, DeviceLane.LONGEST_QUEUE + " commands are waiting");
    }
    entry.whenSafe(request.safe());
    return Optional.empty();
  }

  private Taken taken(Request request, Command command, Entry entry, Digest digest, Effect effect) {
    Instant now = clock.instant();
    return new Taken(
        entry.key(),
        digest.hex(),
        request.device(),
        command.operation(),
        effect,
        now,
        now.plus(request.expiry()),
        Optional.of(request.payload()),
        request.replyTo().address(),
        command.caseNumber());
  }

  /** Refuses what the device cannot do, as soon as it is known what it can. */
  private static Checked check(DeviceLane lane, Command command) throws Refusal {
    boolean ofAll = command.operation().equals(ReadDeviceStatus.TYPE.name());
    Optional<Operations> offered = lane.operations();
    if (!ofAll && offered.isPresent() && offered.get().find(command.operation()).isEmpty()) {
      throw new Refusal(ErrorCode.UNSUPPORTED, "the device does not offer this operation");
    }
    try {
      return lane.check(command);
    } catch (InvalidMessageException e) {
      throw new Refusal(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
    }
  }

  private static Command decode(Request request) throws Refusal {
    try {
      return Codec.command(request.payload());
    } catch (InvalidMessageException e) {
      throw new Refusal(ErrorCode.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void reject(Request request, Optional<Command> command, Refusal refusal) {
    Problem problem =
        Problem.of(refusal.code(), String.valueOf(refusal.getMessage()), books.locale());
    String device = devices.find(request.device()).isPresent() ? request.device() : "unknown";
    books.counters().rejected(device, problem);
    request
        .replyTo()
        .send(
            WrittenReply.of(
                Replies.rejected(
                    Codec.idOf(request.payload()), problem, command.flatMap(Command::caseNumber))),
            List.of(),
            request.safe());
  }
}
