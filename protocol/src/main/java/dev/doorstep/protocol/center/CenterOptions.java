package dev.doorstep.protocol.center;

import dev.doorstep.protocol.mqtt.TlsFiles;
import java.nio.file.Path;
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
 * @param room the most bytes on disk of documents that wait to be fetched, all together
 * @param folder where they are spooled, encrypted under a key that is only in memory
 * @param locale the language of the recoveries that this client tells itself
 * @param tls the files for a broker at {@code mqtts://}
 * @param session how long the broker keeps replies for this client while it is away
 */
public record CenterOptions(
    Optional<String> username,
    Optional<String> password,
    Duration connecting,
    Duration grace,
    long room,
    Path folder,
    Locale locale,
    TlsFiles tls,
    Duration session) {
  /** Checks the ranges. */
  public CenterOptions {
    if (connecting.compareTo(Duration.ofSeconds(1)) < 0
        || connecting.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("connecting must be PT1S to PT5M");
    }
    if (grace.isNegative() || grace.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("grace must be PT0S to PT1H");
    }
    if (session.isNegative() || session.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("session must be PT0S to PT168H");
    }
    if (room < 0) {
      throw new IllegalArgumentException("room must not be negative");
    }
  }

  /**
   * No user, ten seconds to connect and of grace, 1 GiB in the system's temporary folder, the
   * machine's language, a session of an hour.
   */
  public static CenterOptions standard() {
    return new CenterOptions(
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        1L << 30,
        Path.of(System.getProperty("java.io.tmpdir")),
        Locale.getDefault(),
        TlsFiles.NONE,
        Duration.ofHours(1));
  }

  /** The same for a user of the broker. */
  public CenterOptions withUser(String username, String password) {
    return new CenterOptions(
        Optional.of(username),
        Optional.of(password),
        connecting,
        grace,
        room,
        folder,
        locale,
        tls,
        session);
  }

  /** The same with another time for one attempt to connect. */
  public CenterOptions withConnecting(Duration connecting) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /** The same with another grace. */
  public CenterOptions withGrace(Duration grace) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /** The same with other room for documents. */
  public CenterOptions withRoom(long room) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /** The same with another folder for documents; it is made if it is not there. */
  public CenterOptions withFolder(Path folder) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /** The same in another language. */
  public CenterOptions withLocale(Locale locale) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /** The same with files for a broker at {@code mqtts://}. */
  public CenterOptions withTls(TlsFiles tls) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
  }

  /**
   * The same with another time that the broker keeps replies for this client while it is away; zero
   * for one that nobody comes back for, such as a command line's.
   */
  public CenterOptions withSession(Duration session) {
    return new CenterOptions(
        username, password, connecting, grace, room, folder, locale, tls, session);
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
        + ", room="
        + room
        + ", folder="
        + folder
        + ", locale="
        + locale
        + ", "
        + tls
        + ", session="
        + session
        + "]";
  }
}
