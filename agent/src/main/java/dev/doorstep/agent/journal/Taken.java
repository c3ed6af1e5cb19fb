package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Effect;
import java.time.Instant;
import java.util.Optional;

/**
 * A command that is taken on, as it is entered.
 *
 * @param key what identifies it
 * @param digest SHA-256 over device, operation and parameters: 64 hexadecimal digits
 * @param device which device
 * @param operation which operation
 * @param effect what it does to the world
 * @param arrived when it came, by this machine's clock
 * @param expires when it is too late to begin, by this machine's clock
 * @param body the command's message, so that it can be carried out after a restart; kept
 *     (encrypted) for {@code PHYSICAL} alone, whatever is given
 * @param address where the final reply goes; empty if nobody waits for it on the broker
 * @param caseNumber the visit it belongs to; kept encrypted, a center may put a name there
 */
public record Taken(
    CommandKey key,
    String digest,
    String device,
    String operation,
    Effect effect,
    Instant arrived,
    Instant expires,
    Optional<byte[]> body,
    Optional<ReplyAddress> address,
    Optional<String> caseNumber) {
  private static final int DIGEST_DIGITS = 64;

  /** Checks the digest, and leaves out the body of a command that may simply be sent again. */
  public Taken {
    if (!isDigest(digest)) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits in small letters");
    }
    if (effect == Effect.SAFE) {
      body = Optional.empty();
    }
  }

  private static boolean isDigest(String text) {
    boolean all = text.length() == DIGEST_DIGITS;
    for (int i = 0; all && i < DIGEST_DIGITS; i++) { // of each command: no pattern
      char c = text.charAt(i);
      all = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return all;
  }

  /** How much memory it takes while it waits to be written, in bytes. */
  int size() {
    return body.map(bytes -> bytes.length).orElse(0)
        + address.flatMap(ReplyAddress::correlation).map(bytes -> bytes.length).orElse(0);
  }
}
