/**
 * Measurement, for developers: the agent as a process of its own on a broker, against what the same
 * broker and the same devices give without it.
 *
 * <pre>
 *   this process                                      the agent's process
 *   Asker ──command──→ broker ──────────────────────→ agent ──→ device of {@link Counter}
 *   Asker ──command──→ broker ──→ {@link Baseline} ──────────→ its twin
 * </pre>
 */
@NullMarked
package dev.doorstep.agent.bench;

import org.jspecify.annotations.NullMarked;
