package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.util.Locale;

/**
 * There is no way to the broker. The text says why and what to do about it, in Chinese or English;
 * as an exception's message it is English.
 */
public final class BrokerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Wording wording;

  /** With a text for the technician. */
  BrokerException(Wording wording) {
    super(wording.in(Locale.ENGLISH));
    this.wording = wording;
  }

  /** With a text for the technician, and what it was made of. */
  BrokerException(Wording wording, Throwable cause) {
    super(wording.in(Locale.ENGLISH), cause);
    this.wording = wording;
  }

  /** Its words, as a part of others. */
  Wording wording() {
    return wording;
  }

  /**
   * The text for people.
   *
   * @param locale the reader's; any language but Chinese gets English
   */
  public String text(Locale locale) {
    return wording.in(locale);
  }
}
