/**
 * The wires to devices: blocking, with a deadline on every call.
 *
 * <pre>
 *   serial:/dev/ttyUSB0?baud=115200     jSerialComm
 *   tcp:192.0.2.10:9100                 a socket
 *   screen:pad                          a page that the agent serves to a browser
 * </pre>
 *
 * <p>The only package that knows jSerialComm.
 */
@NullMarked
package dev.doorstep.driver.transport;

import org.jspecify.annotations.NullMarked;
