/**
 * The session with the broker: decodes and encodes, and never blocks on a device.
 *
 * <pre>
 *   broker ─PUBLISH→ Inbound ─Request→ dispatcher
 *   broker ←PUBLISH─ MqttLink's thread ← Outbox (replies, pieces, events: in order)
 *                                      ← RetainedDocuments (the newest of each)
 * </pre>
 */
@NullMarked
package dev.doorstep.agent.link;

import org.jspecify.annotations.NullMarked;
