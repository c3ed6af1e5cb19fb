package dev.doorstep.driver;

import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Supply;
import java.util.List;
import java.util.Optional;

/**
 * How a device says it is.
 *
 * @param model what it says it is
 * @param serial its serial number
 * @param cause what it lacks, such as paper; empty if nothing
 * @param supplies paper, toner and the like
 */
public record DeviceHealth(
    Optional<String> model, Optional<String> serial, Optional<Cause> cause, List<Supply> supplies) {
  /** A device that answers and has nothing to say of itself. */
  public static final DeviceHealth GOOD =
      new DeviceHealth(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Copies the supplies. */
  public DeviceHealth {
    supplies = List.copyOf(supplies);
  }
}
