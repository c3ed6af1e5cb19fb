package dev.doorstep.protocol.center;

import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one point since the subscription, and what it means. Each start of a point has a
 * session of its own, and the broker may send the will of an old one after the new one said that it
 * is online, and leave that will retained:
 *
 * <ul>
 *   <li>A point that says online is online.
 *   <li>One that says offline, or of which the broker says lost, is gone if that is the newest
 *       session: the one that last said online here, or else the one of the retained about.
 *   <li>A will or a farewell of any other session is an old one's, and the point is online.
 * </ul>
 */
final class Sightings {
  private @Nullable PointStatus status;
  private @Nullable String newest;

  void status(PointStatus next) {
    status = next;
    if (saysOnline(next)) {
      newest = next.session();
    }
  }

  void about(PointAbout about) {
    if (status == null || !saysOnline(status)) {
      newest = about.session(); // else it may be the one of the start before, not renewed yet
    }
  }

  /** Whether nothing that is still to come from the broker's store could change the answer. */
  boolean isCertain() {
    return status != null && newest != null;
  }

  /** Why the point is not online, or empty if it is. */
  Optional<String> absence() {
    if (status == null) {
      return Optional.of("it has no status at the broker");
    }
    boolean old = newest != null && !newest.equals(status.session());
    return saysOnline(status) || old ? Optional.empty() : Optional.of("it is " + status.state());
  }

  private static boolean saysOnline(PointStatus status) {
    return status.state().is(PointStatus.State.ONLINE);
  }
}
