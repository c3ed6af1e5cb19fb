package dev.doorstep.agent.journal;

import dev.doorstep.protocol.State;
import java.util.Optional;

/**
 * A command that ended and whose final reply the broker does not have.
 *
 * @param key what identifies it
 * @param end how it ended
 * @param address where the reply goes
 * @param reply the stored reply, or empty if it was not stored or can no longer be read
 * @param device which device
 * @param operation which operation
 * @param caseNumber the visit it belongs to; empty also if it can no longer be read
 */
public record Undelivered(
    CommandKey key,
    State end,
    ReplyAddress address,
    Optional<byte[]> reply,
    String device,
    String operation,
    Optional<String> caseNumber) {}
