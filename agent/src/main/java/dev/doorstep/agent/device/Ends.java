package dev.doorstep.agent.device;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.Locale;

/** How a job ends whose turn did not come: the device knows nothing of it. */
final class Ends {
  private Ends() {}

  /** It waited too long. */
  static Outcome expired(Locale locale) {
    return new Outcome.Expired(
        Problem.of(ErrorCode.EXPIRED, "it waited longer than its message allows", locale));
  }

  /** The lane closes. */
  static Outcome stopping(Locale locale) {
    return new Outcome.Failed(Problem.of(ErrorCode.STOPPING, "the agent stops", locale));
  }

  /** Tells a job's listener; what that does wrong is logged, and harms no other job. */
  static void tell(Job job, Outcome outcome) {
    Duration queued = Duration.ofNanos(System.nanoTime() - job.arrived());
    try {
      job.listener().ended(outcome, new Reply.Times(queued, Duration.ZERO));
    } catch (RuntimeException e) {
      Defects.log(job.command().operation(), e);
    }
  }
}
