package dev.doorstep.driver.webscreen;

import java.security.SecureRandom;
import java.util.Base64;

/** Names of tasks, so that no answer can be made before a task was shown. */
final class TaskId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private TaskId() {}

  /** 22 characters of letters, digits, {@code -} and {@code _}, that nobody guesses. */
  static String next() {
    byte[] id = new byte[BYTES];
    RANDOM.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
