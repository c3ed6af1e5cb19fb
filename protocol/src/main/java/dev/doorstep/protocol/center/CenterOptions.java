package dev.doorstep.protocol.center;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a center's client behaves.
 *
 * @param username the name at the broker
 * @param password the password at the broker
 * @param connecting how long one attempt to connect may take
 * @param grace how long after expiry and timeout a reply is still waited for
 * @param memory the most bytes of documents that wait to be fetched, all together
 * @param locale the language of the recoveries that this client tells itself
 */
public record CenterOptions(
    Optional<String> username,
    Optional<String> password,
    Duration connecting,
    Duration grace,
    long memory,
    Locale locale) {
  /** Checks the ranges. */
  public CenterOptions {
    if (connecting.compareTo(Duration.ofSeconds(1)) < 0
        || connecting.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("connecting must be PT1S to PT5M");
    }
    if (grace.isNegative() || grace.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("grace must be PT0S to PT1H");
    }
    if (memory < 0) {
      throw new IllegalArgumentException("memory must not be negative");
    }
  }

  /** No user, ten seconds to connect and of grace, 64 MiB, the machine's language. */
  public static CenterOptions standard() {
    return new CenterOptions(
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        64L << 20,
        Locale.getDefault());
  }

  /** The same for a user of the broker. */
  public CenterOptions withUser(String username, String password) {
    return new CenterOptions(
        Optional.of(username), Optional.of(password), connecting, grace, memory, locale);
  }

  /** The same with another time for one attempt to connect. */
  public CenterOptions withConnecting(Duration connecting) {
    return new CenterOptions(username, password, connecting, grace, memory, locale);
  }

  /** The same with another grace. */
  public CenterOptions withGrace(Duration grace) {
    return new CenterOptions(username, password, connecting, grace, memory, locale);
  }

  /** The same with other room for documents. */
  public CenterOptions withMemory(long memory) {
    return new CenterOptions(username, password, connecting, grace, memory, locale);
  }

  /** The same in another language. */
  public CenterOptions withLocale(Locale locale) {
    return new CenterOptions(username, password, connecting, grace, memory, locale);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "CenterOptions["
        + username.orElse("no user")
        + ", connecting="
        + connecting
        + ", grace="
        + grace
        + ", memory="
        + memory
        + ", locale="
        + locale
        + "]";
  }
}
