package dev.doorstep.protocol.mqtt;

import java.net.URI;

/**
 * Where a broker listens.
 *
 * @param host its name or IP address; an IPv6 address stands in brackets
 * @param port its TCP port, 1 to 65 535
 */
public record BrokerAddress(String host, int port) {
  private static final int DEFAULT_PORT = 1883;

  /** Checks both. */
  public BrokerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a broker's address is a host and a port 1 to 65535");
    }
  }

  /**
   * The address that a URL such as {@code mqtt://127.0.0.1:1883} names; the port may be left out.
   *
   * @throws IllegalArgumentException if it is no such URL; a password in it is not repeated
   */
  public static BrokerAddress of(URI url) {
    String host = url.getHost();
    if (!"mqtt".equals(url.getScheme())
        || host == null
        || url.getRawUserInfo() != null
        || !url.getRawPath().replace("/", "").isEmpty()
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("a broker's address has the form mqtt://host:port");
    }
    return new BrokerAddress(host, url.getPort() == -1 ? DEFAULT_PORT : url.getPort());
  }

  /** The form that Paho's clients take. */
  public String pahoUri() {
    return "tcp://" + host + ":" + port;
  }

  /** The form of configurations and messages. */
  @Override
  public String toString() {
    return "mqtt://" + host + ":" + port;
  }
}
