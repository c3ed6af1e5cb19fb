package dev.doorstep.protocol.center;

import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import java.util.Optional;

/**
 * What a point keeps at the broker; see {@link Center#points}.
 *
 * @param id the point's id
 * @param isOnline whether it is online; a late will of an earlier start is seen through
 * @param status its status as it stands there
 * @param about what it is
 */
public record KnownPoint(
    String id, boolean isOnline, Optional<PointStatus> status, Optional<PointAbout> about) {}
