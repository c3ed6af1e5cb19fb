/**
 * What agent and center share on their way to the broker: its address, the login, the connection
 * and the sockets beneath it.
 *
 * <p>An address is {@code mqtt://host[:port]}; Paho wants {@code tcp://host:port}.
 */
@NullMarked
package dev.doorstep.protocol.mqtt;

import org.jspecify.annotations.NullMarked;
