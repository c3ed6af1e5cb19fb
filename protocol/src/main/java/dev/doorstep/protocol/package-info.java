/**
 * The contract of a service point, version 1: commands, replies, retained documents and their
 * topics over MQTT 5.
 *
 * <pre>
 *   center ── doorstep/v1/{point}/command/{device} ──→ point
 *   center ←─ doorstep/v1/{point}/reply/{client} ───── point
 * </pre>
 *
 * <p>All types are immutable. Whoever reads a reply or a retained document ignores unknown members
 * and keeps an unknown enum value as text; whoever reads a command rejects both. The words are
 * those of {@code protocol/README.md}.
 */
@NullMarked
package dev.doorstep.protocol;

import org.jspecify.annotations.NullMarked;
