/**
 * What a driver is: the small, blocking piece between a device's wire and the contract.
 *
 * <pre>
 *   Driver ─open→ Device ─ operations: type → handler
 *                        ├ probe:  is it there, what is it, what does it lack
 *                        ├ idle:   between commands
 *                        └ close
 * </pre>
 *
 * <p>A driver has no threads, no life cycle and no retries of its own. The agent's lane of a device
 * is the only thread that calls it, opens it again after a failure, and owns the transports that it
 * uses. {@code drivers/README.md} tells how to add one.
 */
@NullMarked
package dev.doorstep.driver;

import org.jspecify.annotations.NullMarked;
