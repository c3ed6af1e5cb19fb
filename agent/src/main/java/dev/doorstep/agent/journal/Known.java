package dev.doorstep.agent.journal;

import dev.doorstep.protocol.State;
import java.util.Optional;

/**
 * What the journal knows of a command that came before.
 *
 * @param digest of what it asked: 64 hexadecimal digits
 * @param acting whether its device was given leave to act and it has not ended; never for {@code
 *     SAFE}
 * @param end how it ended, or empty if it has not
 * @param reply the final reply, if it ended and its reply was stored and can be read
 * @param delivered whether the broker has the final reply, or nobody waits for it
 */
public record Known(
    String digest,
    boolean acting,
    Optional<State> end,
    Optional<byte[]> reply,
    boolean delivered) {}
