/**
 * What agent and center share on their way to the broker: its address, the login and the connection
 * with all that is beneath it.
 *
 * <pre>
 *   BrokerConnection ─tasks→ Conversation ─→ MqttEncoder ────────────────→ (TLS) ─→ socket
 *   Events ←──────────────── Conversation ←─ MqttDecoder ←─ WholePackets ← (TLS) ←─ socket
 * </pre>
 */
@NullMarked
package dev.doorstep.protocol.mqtt;

import org.jspecify.annotations.NullMarked;
