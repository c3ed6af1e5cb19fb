package dev.doorstep.agent.journal;

/**
 * A command that was entered and has not ended, as it is found after a restart.
 *
 * @param command the command; its body, correlation data and case are empty also where they can no
 *     longer be read because the key file is another
 * @param acting whether its device may have acted; never for {@code SAFE}
 * @param fromTheFuture whether any command came or ended, by the clock of then, later than it is
 *     now: the clock was set back, and whether this one expired cannot be told. A clock that was
 *     set back, or stood still without power, to no earlier than the last arrival and end is not
 *     noticed: nothing on disk is later. Then a command may be taken for fresh that is not
 */
public record Unfinished(Taken command, boolean acting, boolean fromTheFuture) {}
