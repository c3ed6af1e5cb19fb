package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Matches;
import java.util.Optional;

/**
 * The result of {@code screen.show}: a browser has said that it stands there, pictures and all.
 *
 * @param pages how many pages of the content are shown; absent if there was none
 * @param document the SHA-256 of the content as it came, 64 hexadecimal digits; absent if there was
 *     none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Shown(
    Optional<@Bounds(min = 1) Integer> pages,
    Optional<@Matches(ScreenTexts.SHA256) String> document) {
  /** Checks the digest. */
  public Shown {
    Ranges.check("pages", pages, 1, Integer.MAX_VALUE);
    document.ifPresent(ScreenTexts::checkDigest);
  }
}
