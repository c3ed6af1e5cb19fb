package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Words;
import java.util.Locale;

/** Why a rule was not checked. */
public enum Reason {
  /** The point names no device that could be used. */
  NO_DEVICE,
  /** No device that was there offers {@code id-card.read}, which alone waits without any harm. */
  NO_SLOW_DEVICE,
  /** The reader did not wait: a card lies on it, or it fails at once. */
  NOTHING_WAITED,
  /** No device offers a document that is large enough. */
  NO_DOCUMENT,
  /** The device does not announce how many commands may wait, or takes very many. */
  NO_QUEUE_LIMIT,
  /** Nothing reaches a second client: the broker lets this user in under one name alone. */
  NO_SECOND_CLIENT,
  /** The broker does not let this user write the status of a point. */
  NOT_ALLOWED,
  /** The broker does not pass the retain flag on. */
  RETAIN_FLAG_LOST,
  /** The broker does not take a message as large as that. */
  BROKER_LIMIT,
  /** What it rests on did not go as it should: see the rules that are broken. */
  OTHERS_BROKEN,
  /** It was not asked for. */
  NOT_ASKED;

  /** The reason as people read it. */
  public String text(Locale locale) {
    return Words.of(Reason.class, locale).text(name());
  }
}
