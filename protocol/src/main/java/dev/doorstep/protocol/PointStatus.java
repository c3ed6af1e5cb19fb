package dev.doorstep.protocol;

import java.util.Locale;
import java.util.Objects;

/**
 * The retained status of a point, and its will.
 *
 * @param state whether the point is there
 * @param session an opaque random text for each start of the agent, by which a late will of an
 *     earlier start is told from this one's
 */
public record PointStatus(OpenEnum<State> state, String session) {
  /** Checks that both are there. */
  public PointStatus {
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(session, "session is missing");
  }

  /** Whether a point is there; the form on the wire is in small letters. */
  public enum State {
    /** Connected. */
    ONLINE,
    /** Left properly. */
    OFFLINE,
    /** Gone without a word; said by the broker in the point's place. */
    LOST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The status of a known state. */
  public static PointStatus of(State state, String session) {
    return new PointStatus(OpenEnum.of(state), session);
  }
}
