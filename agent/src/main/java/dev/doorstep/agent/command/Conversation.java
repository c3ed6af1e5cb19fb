package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.Documents;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.Job;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.Taken;
import dev.doorstep.agent.journal.Written;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * The replies to one command that was taken: what its lane tells, put into words, written down and
 * kept in order, although the lane may be faster than whoever submitted the command.
 */
final class Conversation implements Job.Listener {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private final Command command;
  private final String device;
  private final Effect effect;
  private final Entry entry;
  private final Books books;
  private final Documents documents;
  private volatile Optional<JournalException> refusal = Optional.empty();
  private volatile boolean acted;
  private volatile @Nullable DeviceLane lane;

  Conversation(Command command, String device, Effect effect, Entry entry, Books books) {
    this.command = command;
    this.device = device;
    this.effect = effect;
    this.entry = entry;
    this.books = books;
    this.documents = books.blobs().documents(entry.key().client());
  }

  /** The command on its way through a lane. */
  Job job(Optional<Operation<?>> read, Deadline expiry, long arrived) {
    return new Job(command, read, expiry, arrived, documents, this);
  }

  /**
   * Hands the command to a lane, has it written down, and says that it is accepted, before the lane
   * can say that it runs.
   *
   * @return whether the lane took it
   */
  synchronized boolean begin(DeviceLane way, Job job, Taken taken) {
    OptionalInt position = way.submit(job);
    if (position.isEmpty()) {
      return false;
    }
    lane = way;
    entry.underway(() -> way.cancel(job));
    enter(taken);
    update(State.ACCEPTED, position, Optional.empty());
    return true;
  }

  /** As {@link #begin(DeviceLane, Job, Taken)}, for a command that is in the journal already. */
  synchronized boolean goOn(DeviceLane way, Job job) {
    lane = way;
    entry.underway(() -> way.cancel(job));
    return way.submitAgain(job);
  }

  /** Has a command written down that waits for no device. */
  synchronized void begin(Taken taken) {
    enter(taken);
  }

  private void enter(Taken taken) {
    if (books.journal().isEmpty()) {
      return;
    }
    try {
      books.journal().get().enter(taken, this::entered);
    } catch (JournalException e) {
      entered(new Written(Optional.of(e)));
    }
  }

  /**
   * A reading that cannot be written down is carried out all the same; what would move paper ends.
   */
  private void entered(Written what) {
    if (!what.safe()) {
      log.warn("a command is not written down: {}", what.failure().orElseThrow().getMessage());
    }
    refusal = what.failure();
    if (what.safe() || effect == Effect.SAFE) {
      entry.safe();
    } else {
      entry.underway().ifPresent(Runnable::run);
    }
  }

  @Override
  public synchronized void running(String note) {
    update(State.RUNNING, OptionalInt.empty(), Optional.of(note).filter(n -> !n.isEmpty()));
  }

  @Override
  public void preview(byte[] jpeg) {
    entry.replyTo().preview(command.id(), jpeg);
  }

  /**
   * On disk before the device acts, so that after a crash nobody takes it for not begun. Holds no
   * lock, since a slow disk must not keep others from ending the command; it comes after {@link
   * #running}, and so after {@link #begin}.
   */
  @Override
  public void acting() throws DeviceException {
    Optional<Journal> journal = books.journal().filter(kept -> effect == Effect.PHYSICAL);
    if (journal.isPresent()) {
      try {
        if (refusal.isPresent()) {
          throw refusal.get();
        }
        acted = true;
        journal.get().acting(entry.key());
      } catch (JournalException e) {
        throw new DeviceException(e.code(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  @Override
  public synchronized void ended(Outcome outcome, Reply.Times times) {
    List<OutgoingBlob> blobs = new ArrayList<>();
    WrittenReply last = last(refused(outcome), times, blobs);
    documents.close(); // what is part of the result is kept by now
    books.counters().ended(device, command.operation(), last.head());
    tell(last, blobs);
  }

  private void tell(WrittenReply last, List<OutgoingBlob> blobs) {
    Optional<Journal> journal = books.journal();
    if (journal.isEmpty() || refusal.isPresent()) { // there, nobody knows it
      deliver(last, blobs);
      return;
    }
    boolean kept = !last.head().state().is(State.SUCCEEDED) || wasPhysical();
    Optional<byte[]> forRepeats = kept ? Optional.of(last.json()) : Optional.empty();
    State state = last.head().state().as(State.class).orElseThrow();
    if (effect == Effect.SAFE) {
      journal.get().ended(entry.key(), state, forRepeats, result -> {});
      deliver(last, blobs);
    } else {
      // Told only once it is on disk: after a crash the center would hear another end.
      journal.get().ended(entry.key(), state, forRepeats, result -> deliver(last, blobs));
    }
  }

  /** A command that was ended because it could not be written down says so. */
  private Outcome refused(Outcome outcome) {
    if (refusal.isEmpty() || !(outcome instanceof Outcome.Cancelled)) {
      return outcome;
    }
    JournalException why = refusal.get();
    return new Outcome.Failed(
        Problem.of(why.code(), String.valueOf(why.getMessage()), books.locale()));
  }

  /** A reading of a device that nobody knew at first is a reading: its result is not kept. */
  private boolean wasPhysical() {
    DeviceLane way = lane;
    if (effect == Effect.SAFE || acted || way == null) {
      return effect == Effect.PHYSICAL;
    }
    try {
      return way.check(command).effect() == Effect.PHYSICAL;
    } catch (InvalidMessageException e) {
      return true; // the careful answer
    }
  }

  private void deliver(WrittenReply last, List<OutgoingBlob> blobs) {
    try {
      ReplyTo to = entry.end(last);
      books.commands().ended(entry);
      to.send(last, blobs, this::delivered);
      entry.told();
    } finally {
      entry.safe(); // or every later message of the connection would wait for it
    }
  }

  private void delivered() {
    books.journal().ifPresent(journal -> journal.delivered(entry.key()));
  }

  /** The final reply; a result that cannot be written is a defect, and is told as one. */
  private WrittenReply last(Outcome outcome, Reply.Times times, List<OutgoingBlob> blobs) {
    if (!(outcome instanceof Outcome.Succeeded succeeded)) {
      Optional<Problem> error = outcome.error();
      if (outcome instanceof Outcome.Unknown) {
        error = error.map(problem -> Replies.inDoubt(problem, books.locale()));
      }
      return WrittenReply.of(reply(outcome.state(), Optional.empty(), error, times));
    }
    Problem problem;
    try {
      JsonNode result = new POJONode(succeeded.result()); // written in one go with the reply
      return WrittenReply.of(
          reply(State.SUCCEEDED, Optional.of(result), Optional.empty(), times),
          content -> keep(content, blobs));
    } catch (ContentException e) {
      log.warn("{}: the result is not kept: {}", command.operation(), e.getMessage());
      problem = Problem.of(e.code(), String.valueOf(e.getMessage()), books.locale());
    } catch (RuntimeException e) {
      Defects.log(command.operation(), e);
      problem = Problem.of(ErrorCode.INTERNAL, "the result could not be written", books.locale());
    }
    blobs.forEach(blob -> books.blobs().release(entry.key().client(), blob.description().id()));
    blobs.clear();
    return WrittenReply.of(reply(State.FAILED, Optional.empty(), Optional.of(problem), times));
  }

  private Content.Blob keep(Content content, List<OutgoingBlob> blobs) throws ContentException {
    OutgoingBlob blob =
        books.blobs().keep(entry.key().client(), content, entry.replyTo().pieceSize());
    blobs.add(blob);
    return blob.description();
  }

  private Reply reply(
      State state, Optional<JsonNode> result, Optional<Problem> error, Reply.Times times) {
    return Replies.last(
        Optional.of(command.id()), state, result, error, Optional.of(times), command.caseNumber());
  }

  private void update(State state, OptionalInt position, Optional<String> note) {
    if (command.updates()) {
      Reply update = Replies.update(command.id(), state, position, note, command.caseNumber());
      entry.replyTo().send(WrittenReply.of(update), List.of(), () -> {});
    }
  }
}
