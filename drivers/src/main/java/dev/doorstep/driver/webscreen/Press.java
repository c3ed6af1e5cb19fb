package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.OpenEnum;
import java.util.Optional;

/**
 * A message of the page that is a word alone.
 *
 * @param id the task's
 * @param answer the word
 */
record Press(String id, OpenEnum<Word> answer) {
  /** Checks that both are there. */
  Press {
    if (id == null || answer == null) {
      throw new IllegalArgumentException("no answer of a page");
    }
  }

  /** What a page can say in a word. */
  enum Word {
    /** All of it stands on the screen, pictures and all. */
    SHOWN,
    /** The resident is at it: they have touched the screen, or a key. */
    TOUCHED,
    /** Yes. */
    YES,
    /** No. */
    NO,
    /** The resident does not want to. */
    DECLINED
  }

  /** The word that a message says to a task; empty if it says none. */
  static Optional<Word> read(String message, String task) {
    return PageMessage.read(message, Press.class)
        .filter(press -> press.id.equals(task))
        .flatMap(press -> press.answer.as(Word.class));
  }
}
