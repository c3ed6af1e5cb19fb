/**
 * The way of a command through the agent: taken apart, recognised if it is a repeat, handed to a
 * lane, answered.
 *
 * <pre>
 *   link, local server ─Request→ CommandDispatcher ─Job→ lane
 *                      ←─Reply─────────┘   ↑ CommandLog: ids, digests, final replies
 * </pre>
 */
@NullMarked
package dev.doorstep.agent.command;

import org.jspecify.annotations.NullMarked;
