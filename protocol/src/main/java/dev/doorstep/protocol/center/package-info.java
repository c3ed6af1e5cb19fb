/**
 * The center's client: calls operations at points and gets their results as records.
 *
 * <pre>
 *   call ── Outgoing ── doorstep/v1/{point}/command/{device} ──→ point
 *             │ window, again after a reconnect
 *   stage ←─ Calls ←─── doorstep/v1/{point}/reply/{client} ───── point
 *   fetch ←─ Blobs ←─── doorstep/v1/{point}/blob/{client}/… ──── point
 * </pre>
 *
 * <p>{@link dev.doorstep.protocol.center.Center} may be used from any thread.
 */
@NullMarked
package dev.doorstep.protocol.center;

import org.jspecify.annotations.NullMarked;
