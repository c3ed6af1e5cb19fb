/**
 * The journal: what the agent must still know after it died.
 *
 * <pre>
 *   dispatcher ─enter, ended, delivered→ Pending ─a group→ JournalWriter ─one transaction→ Store ─→ journal.db (WAL)
 *              ─find───────────────────→ Pending, then Store, on a connection of its own
 * </pre>
 *
 * <p>Identity, digest and state of every command are on disk; what a person could be known by
 * (parameters, replies, correlation data) only for commands with a physical effect, and only
 * encrypted. A commit waits for the disk where paper may move, and for nothing where it may not.
 */
@NullMarked
package dev.doorstep.agent.journal;

import org.jspecify.annotations.NullMarked;
