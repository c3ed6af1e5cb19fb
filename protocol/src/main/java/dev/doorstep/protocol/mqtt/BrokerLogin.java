package dev.doorstep.protocol.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * With what a client comes to its broker. Its session is kept there when it goes.
 *
 * @param address where the broker is
 * @param clientId the client's stable name there
 * @param username the user
 * @param password the user's password
 * @param patience how long one attempt may take
 * @param sessionExpiry how long the broker keeps the session of a client that is away
 * @param will what the broker says in the client's place if it goes without a word; without headers
 * @param tls the files for TLS, read for each connection to an address that is secured
 */
public record BrokerLogin(
    BrokerAddress address,
    String clientId,
    Optional<String> username,
    Optional<String> password,
    Duration patience,
    Duration sessionExpiry,
    Optional<Message> will,
    TlsFiles tls) {
  /** With the authorities of the Java installation, and no certificate of the client. */
  public BrokerLogin(
      BrokerAddress address,
      String clientId,
      Optional<String> username,
      Optional<String> password,
      Duration patience,
      Duration sessionExpiry,
      Optional<Message> will) {
    this(address, clientId, username, password, patience, sessionExpiry, will, TlsFiles.NONE);
  }

  /** The same for a broker that takes a will at QoS 0 alone. */
  BrokerLogin withWillAtQos0() {
    return new BrokerLogin(
        address,
        clientId,
        username,
        password,
        patience,
        sessionExpiry,
        will.map(message -> message.withQos(0)),
        tls);
  }

  /**
   * The same way in for another client, without a will.
   *
   * @param client its name at the broker
   * @param expiry how long the broker keeps its session
   */
  public BrokerLogin as(String client, Duration expiry) {
    return new BrokerLogin(
        address, client, username, password, patience, expiry, Optional.empty(), tls);
  }

  /** Address and client, without the password. */
  @Override
  public String toString() {
    return "BrokerLogin[" + clientId + " at " + address + "]";
  }
}
