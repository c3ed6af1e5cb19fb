package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Names;

/**
 * What identifies a command: the same client never gives an id twice.
 *
 * @param client who sent it
 * @param id the command's id
 */
public record CommandKey(String client, String id) {
  /** Checks both names. */
  public CommandKey {
    Names.check("a client", client);
    Names.check("a command's id", id);
  }
}
