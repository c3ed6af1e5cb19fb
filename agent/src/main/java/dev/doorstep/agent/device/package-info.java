/**
 * The devices of a point: one lane for each, with a thread of its own.
 *
 * <pre>
 *   dispatcher ─Job→ [bounded queue] ─→ lane's thread ─→ driver ─→ wire
 *                                          └─ status ─→ whoever watches
 * </pre>
 *
 * <p>The lane is the only thread that touches its device and the only writer of its state. It opens
 * the device, opens it again after a failure, carries out its commands one by one, and looks after
 * it in between.
 */
@NullMarked
package dev.doorstep.agent.device;

import org.jspecify.annotations.NullMarked;
