package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Reply;
import java.util.Optional;

/**
 * A command on its way through a lane.
 *
 * @param command the command; its operation and parameters are checked when its turn comes
 * @param read its parameters, if they were read when it came
 * @param expiry when it is no longer worth beginning
 * @param arrived when it came, on the monotonic clock
 * @param documents the large documents of its parameters and its result
 * @param listener hears how it goes
 */
public record Job(
    Command command,
    Optional<Operation<?>> read,
    Deadline expiry,
    long arrived,
    Documents documents,
    Listener listener) {
  /** One whose parameters are read when its turn comes. */
  public Job(
      Command command, Deadline expiry, long arrived, Documents documents, Listener listener) {
    this(command, Optional.empty(), expiry, arrived, documents, listener);
  }

  /**
   * The parameters in the form that the device takes now.
   *
   * @throws InvalidMessageException if they are not of that form
   * @throws ContentException if a document of theirs is not there
   */
  <P extends Operation<R>, R> P parameters(OperationType<P, R> type)
      throws InvalidMessageException, ContentException {
    return read.isPresent() && type.parameters().isInstance(read.get())
        ? type.parameters().cast(read.get())
        : Codec.parameters(type, command.parameters(), documents);
  }

  /** The large documents of a job. Used by the lane's thread; its owner lets go of them. */
  public interface Documents extends Content.Uploads {
    /**
     * Begins a document of the result.
     *
     * @throws DeviceException {@code STORAGE_FULL} if there is no room for one
     */
    DocumentWriter writer(String contentType) throws DeviceException;
  }

  /**
   * Hears how a job goes, in this order: {@link #running} and {@link #preview} any number of times,
   * {@link #acting} at most once in between, {@link #ended} exactly once and last. The lane's
   * thread calls all of them, except for the end of a job that expired, was cancelled before its
   * turn, or whose driver hangs.
   */
  public interface Listener {
    /** Its turn has come, or it has something to tell. Returns at once. */
    void running(String note);

    /** A small picture of what the device sees, which may get lost. Returns at once. */
    void preview(byte[] jpeg);

    /**
     * The device acts as soon as this returns, so what must be on disk before has to be there then.
     * May block for as long as that takes.
     *
     * @throws DeviceException if the device must not act; the job then ends {@code failed} with
     *     this error, and the device has not acted
     */
    void acting() throws DeviceException;

    /** It ended; called exactly once for each job that a lane took. Returns at once. */
    void ended(Outcome outcome, Reply.Times times);
  }
}
