package dev.doorstep.agent.local;

import dev.doorstep.protocol.Reply;
import java.util.Map;

/**
 * How a command of this machine ended.
 *
 * @param reply the final reply
 * @param documents the documents that were too large for it, by blob id
 */
public record Executed(Reply reply, Map<String, byte[]> documents) {
  /** Copies the map, not the documents. */
  public Executed {
    documents = Map.copyOf(documents);
  }
}
