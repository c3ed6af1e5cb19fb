package dev.doorstep.protocol.mqtt;

import java.io.IOException;

/** A connection to the broker has ended: nothing goes out on it any more. */
public final class ConnectionGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of a connection that was lost or closed. */
  ConnectionGoneException() {
    super("the connection to the broker has ended");
  }
}
