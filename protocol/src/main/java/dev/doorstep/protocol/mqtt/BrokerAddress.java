package dev.doorstep.protocol.mqtt;

import java.net.URI;

/**
 * Where a broker listens.
 *
 * @param host its name or IP address; an IPv6 address stands in brackets
 * @param port its TCP port, 1 to 65 535
 * @param secured whether it speaks TLS there
 */
public record BrokerAddress(String host, int port, boolean secured) {
  private static final int DEFAULT_PORT = 1883;
  private static final int DEFAULT_SECURED_PORT = 8883;

  /** Checks host and port. */
  public BrokerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a broker's address is a host and a port 1 to 65535");
    }
  }

  /** Without TLS. */
  public BrokerAddress(String host, int port) {
    this(host, port, false);
  }

  /**
   * The address that a URL such as {@code mqtt://127.0.0.1:1883} or {@code mqtts://broker.example}
   * names; the port may be left out.
   *
   * @throws IllegalArgumentException if it is no such URL; a password in it is not repeated
   */
  public static BrokerAddress of(URI url) {
    String host = url.getHost();
    boolean secured = "mqtts".equals(url.getScheme());
    if (!(secured || "mqtt".equals(url.getScheme()))
        || host == null
        || url.getRawUserInfo() != null
        || !url.getRawPath().replace("/", "").isEmpty()
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a broker's address has the form mqtt://host:port or mqtts://host:port");
    }
    int usual = secured ? DEFAULT_SECURED_PORT : DEFAULT_PORT;
    return new BrokerAddress(host, url.getPort() == -1 ? usual : url.getPort(), secured);
  }

  /** The form of configurations and messages. */
  @Override
  public String toString() {
    return (secured ? "mqtts://" : "mqtt://") + host + ":" + port;
  }
}
