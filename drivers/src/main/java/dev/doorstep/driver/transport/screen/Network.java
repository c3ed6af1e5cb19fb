package dev.doorstep.driver.transport.screen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The counter's network, over which tablets open the screens.
 *
 * @param address this machine's address there, or the wildcard for all that it has
 * @param pairing which tablets are let in
 */
public record Network(InetAddress address, Pairing pairing) {
  /** Whether tablets may come by any address of this machine. */
  boolean everywhere() {
    return address.isAnyLocalAddress();
  }

  /** No other machine reaches a loopback address, also where all addresses are listened on. */
  Door door(InetSocketAddress local) {
    boolean own = everywhere() && local.getAddress().isLoopbackAddress();
    return new Door(own ? Optional.empty() : Optional.of(pairing), local);
  }
}
