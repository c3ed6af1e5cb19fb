/**
 * Large documents on their way through the agent.
 *
 * <pre>
 *   down   result ─keep→ OutgoingBlob ─piece n→ link      until released, or PT10M without a touch
 *   up     link ─piece n→ Upload ─uploaded→ handler       in any order, verified before it is read
 * </pre>
 *
 * <p>Small ones stay in memory, within a limit; all others are in a spool folder, which is limited
 * too.
 */
@NullMarked
package dev.doorstep.agent.blob;

import org.jspecify.annotations.NullMarked;
