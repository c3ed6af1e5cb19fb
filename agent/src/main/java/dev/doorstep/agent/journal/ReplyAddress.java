package dev.doorstep.agent.journal;

import java.util.Optional;

/**
 * Where the final reply goes.
 *
 * @param topic the response topic
 * @param correlation the correlation data, not to be changed; encrypted on disk
 */
public record ReplyAddress(String topic, Optional<byte[]> correlation) {}
