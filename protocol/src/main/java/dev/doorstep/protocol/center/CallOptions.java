package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an operation is called.
 *
 * @param timeout how long the device may be at it; above zero, at most {@link
 *     Command#LONGEST_TIMEOUT}
 * @param expiry how long the command may wait before that, PT1S to PT24H; whole seconds, a part of
 *     one counts as one. Documents that go up first take their own time
 * @param id the command's id; absent for a new random one. A repeat under an id that the point
 *     knows is not carried out again
 * @param caseNumber joins the steps of one visit; at most 64 characters
 * @param updates hears of {@code accepted} and {@code running}, in order and before the result,
 *     under the same rules as the result: see {@link Center}
 * @param queued whether the command waits at the broker for a point that is not online, until it
 *     expires; else the call fails at once. With a document above 48 KiB in the parameters it waits
 *     here, as long, since that can only go up to a point that is there
 */
public record CallOptions(
    Duration timeout,
    Duration expiry,
    Optional<String> id,
    Optional<String> caseNumber,
    Optional<Consumer<Reply>> updates,
    boolean queued) {
  private static final Duration LONGEST_EXPIRY = Duration.ofHours(24);

  /** Checks the ranges. */
  public CallOptions {
    if (expiry.compareTo(Duration.ofSeconds(1)) < 0 || expiry.compareTo(LONGEST_EXPIRY) > 0) {
      throw new IllegalArgumentException("expiry must be PT1S to PT24H");
    }
    id.ifPresent(text -> Names.check("id", text));
  }

  /**
   * A call with the given timeout, the usual expiry of a minute, a new id and no updates; not
   * queued.
   */
  public static CallOptions of(Duration timeout) {
    return new CallOptions(
        timeout,
        Command.DEFAULT_EXPIRY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The same with another expiry. */
  public CallOptions withExpiry(Duration expiry) {
    return new CallOptions(timeout, expiry, id, caseNumber, updates, queued);
  }

  /** The same under an id of the caller's. */
  public CallOptions withId(String id) {
    return new CallOptions(timeout, expiry, Optional.of(id), caseNumber, updates, queued);
  }

  /** The same in a case. */
  public CallOptions withCase(String caseNumber) {
    return new CallOptions(timeout, expiry, id, Optional.of(caseNumber), updates, queued);
  }

  /** The same with a listener for updates. */
  public CallOptions withUpdates(Consumer<Reply> updates) {
    return new CallOptions(timeout, expiry, id, caseNumber, Optional.of(updates), queued);
  }

  /** The same for a point that need not be online yet, or not. */
  public CallOptions withQueued(boolean queued) {
    return new CallOptions(timeout, expiry, id, caseNumber, updates, queued);
  }
}
