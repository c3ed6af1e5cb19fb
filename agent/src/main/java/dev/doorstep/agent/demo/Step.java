package dev.doorstep.agent.demo;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a visit, as it went.
 *
 * @param operation the operation
 * @param device the device
 * @param state the final state
 * @param time from asking to the answer
 * @param read what came of it, in the order in which people read it
 * @param files what it left
 * @param problem what went wrong, if it did
 */
public record Step(
    String operation,
    String device,
    OpenEnum<State> state,
    Duration time,
    Map<String, String> read,
    List<Path> files,
    Optional<Problem> problem) {
  /** Copies the list; the map stays in its order and is not changed any more. */
  public Step {
    files = List.copyOf(files);
  }

  /** Whether it did not succeed. */
  public boolean failed() {
    return !state.is(State.SUCCEEDED);
  }

  /** What a step leaves behind when it succeeded. */
  record Yield(Map<String, String> read, List<Path> files) {
    Yield {
      files = List.copyOf(files);
    }
  }

  /**
   * A step that is to be done.
   *
   * @param device the device that is asked
   * @param operation what it is asked for
   * @param time how long it may take
   * @param meanwhile what happens at the counter when the device is at it
   * @param use what is made of the result
   */
  record Plan<R>(
      String device, Operation<R> operation, Duration time, Runnable meanwhile, Use<R> use) {}

  /** Makes something of a result. */
  interface Use<R> {
    /** What came of it. */
    Yield of(R result) throws IOException, InterruptedException;
  }
}
