package dev.doorstep.driver.transport.screen;

import java.net.InetAddress;

/**
 * The counter's network, over which tablets open the screens.
 *
 * @param address this machine's address there, or the wildcard for all that it has
 * @param pairing which tablets are let in
 */
public record Network(InetAddress address, Pairing pairing) {}
