package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Words;
import java.util.Locale;

/** What came out about a rule. */
public enum Verdict {
  /** Everything that was tried went as the rule says. */
  HOLDS,
  /** Something did not. */
  BROKEN,
  /** Nothing that would tell could be tried. */
  NOT_CHECKED;

  /** The verdict as people read it. */
  public String text(Locale locale) {
    return Words.of(Verdict.class, locale).text(name());
  }
}
