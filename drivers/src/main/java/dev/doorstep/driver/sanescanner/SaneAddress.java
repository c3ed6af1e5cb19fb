package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.transport.Connection;

/**
 * Where a scanner is.
 *
 * @param host as a connection names it, an address of IPv6 in brackets
 * @param port of the daemon's control connections
 * @param device the name that the daemon knows it by
 */
record SaneAddress(String host, int port, String device) {
  /** The scanner that a {@code sane:} connection names. */
  static SaneAddress of(Connection connection) {
    String address = connection.address();
    int slash = address.indexOf('/');
    int colon = address.lastIndexOf(':', slash);
    return new SaneAddress(
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1, slash)),
        address.substring(slash + 1));
  }

  /** The control connection. */
  Connection control() {
    return data(port);
  }

  /** A data connection: the daemon names the port of each. */
  Connection data(int dataPort) {
    return Connection.parse("tcp:" + host + ":" + dataPort);
  }
}
