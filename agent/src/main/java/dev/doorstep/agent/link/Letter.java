package dev.doorstep.agent.link;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A message that somebody waits for: a reply or an event. Letters leave in order and stay until the
 * broker has confirmed them.
 *
 * @param message the message
 * @param kind what gives way first where there is no room
 * @param instead makes a small message that takes its place where there is no room; empty for what
 *     is small itself
 * @param delivered called once, when the broker has it or refuses it for good
 */
record Letter(
    Outgoing message, Kind kind, Optional<Supplier<Outgoing>> instead, Runnable delivered) {
  /** What a letter is. */
  enum Kind {
    /** The answer to a command; never dropped, though its result may give way. */
    REPLY,
    /** What a device told by itself; the oldest is dropped where there is no room. */
    EVENT
  }

  /** The same letter with its small message. */
  Letter shortened() {
    return new Letter(instead.orElseThrow().get(), kind, Optional.empty(), delivered);
  }
}
