package dev.doorstep.agent.device;

import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Reply;

/**
 * A command on its way through a lane.
 *
 * @param command the command; its operation and parameters are checked when its turn comes
 * @param expiry when it is no longer worth beginning
 * @param arrived when it came, on the monotonic clock
 * @param listener hears how it goes
 */
public record Job(Command command, Deadline expiry, long arrived, Listener listener) {

  /** Hears how a job goes. Called by the lane's thread; returns at once. */
  public interface Listener {
    /** Its turn has come, or it has something to tell. */
    void running(String note);

    /** It ended; called exactly once for each job that a lane took. */
    void ended(Outcome outcome, Reply.Times times);
  }
}
