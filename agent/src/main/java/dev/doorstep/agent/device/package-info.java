/**
 * The devices of a point: one lane for each, with a thread of its own.
 *
 * <pre>
 *   dispatcher ─Job→ [bounded queue] ─→ lane's worker ─→ driver ─→ wire
 *                        ↑                │    ↑ cuts the wire, then sends another worker
 *                        │                │    │
 *                        └── expired ─────┼─ watchdog, one for all lanes
 *                                         └─ status ─→ whoever watches
 * </pre>
 *
 * <p>The lane's worker is the only thread that touches its device and the only writer of its state.
 * It opens the device, opens it again after a failure, carries out its commands one by one, and
 * looks after it in between.
 *
 * <p>Each call of a driver is a step with a deadline. A step that goes on for two seconds more has
 * its wires closed, on a thread that is thrown away, as a native close can hang. If the driver does
 * not return two seconds after that, its worker is given up: the command ends {@code failed} or, if
 * the device may have acted, {@code unknown}; the device is {@code OFFLINE} with {@code
 * DRIVER_HUNG}; another worker opens it again, at most three while the first do not return. A
 * worker that was given up has lost its pen and its steps: what it still does reaches nobody.
 *
 * <p>A handler that does not notice within three seconds that its client cancelled is treated the
 * same way. {@code cancelled} is said only once the device answered afterwards.
 */
@NullMarked
package dev.doorstep.agent.device;

import org.jspecify.annotations.NullMarked;
