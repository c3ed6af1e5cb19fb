/**
 * The server for this machine alone, and the command line's way to it.
 *
 * <pre>
 *   GET  /health              {"online":true,"devices":{"reader":"READY",…}}
 *   GET  /metrics             Prometheus text
 *   POST /command/{device}    a command as it would come by MQTT, with the token of data/local.token;
 *                             answered by lines of JSON: its replies, then {"blob","base64"} for each
 *                             document that was too large for the reply
 * </pre>
 *
 * <p>Bound to the loopback address. A browser on the same machine may show foreign pages: so a
 * request that names another host is refused, and commands need the token, which only the agent's
 * user can read.
 */
@NullMarked
package dev.doorstep.agent.local;

import org.jspecify.annotations.NullMarked;
