package dev.doorstep.protocol;

import java.util.Optional;

/** How a command ended: exactly one of these for each. */
public sealed interface Outcome {
  /** The final state that replies tell. */
  State state();

  /** The error, unless the command succeeded or was cancelled. */
  default Optional<Problem> error() {
    return Optional.empty();
  }

  /**
   * Done.
   *
   * @param result the result's record
   */
  record Succeeded(Object result) implements Outcome {
    @Override
    public State state() {
      return State.SUCCEEDED;
    }

    /** The result's type alone: results may hold personal data. */
    @Override
    public String toString() {
      return "Succeeded[" + result.getClass().getSimpleName() + "]";
    }
  }

  /** Not done, or not to the end. */
  record Failed(Problem problem) implements Outcome {
    @Override
    public State state() {
      return State.FAILED;
    }

    @Override
    public Optional<Problem> error() {
      return Optional.of(problem);
    }
  }

  /** Ended at the client's wish; the device was proven usable since. */
  record Cancelled() implements Outcome {
    @Override
    public State state() {
      return State.CANCELLED;
    }
  }

  /** Not begun in time. */
  record Expired(Problem problem) implements Outcome {
    @Override
    public State state() {
      return State.EXPIRED;
    }

    @Override
    public Optional<Problem> error() {
      return Optional.of(problem);
    }
  }

  /** Not taken. */
  record Rejected(Problem problem) implements Outcome {
    @Override
    public State state() {
      return State.REJECTED;
    }

    @Override
    public Optional<Problem> error() {
      return Optional.of(problem);
    }
  }

  /** The device may have acted, and nobody can tell. Never run again by itself. */
  record Unknown(Problem problem) implements Outcome {
    @Override
    public State state() {
      return State.UNKNOWN;
    }

    @Override
    public Optional<Problem> error() {
      return Optional.of(problem);
    }
  }
}
