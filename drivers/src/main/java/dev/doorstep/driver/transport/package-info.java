/**
 * The wires to devices: blocking, with a deadline on every call.
 *
 * <pre>
 *   serial:/dev/ttyUSB0?baud=115200     jSerialComm
 *   serial:usb:0403:6001?serial=A1      the port that this USB device brings
 *   tcp:192.0.2.10:9100                 a socket
 *   usb:0400:c35a?path=1-2              bulk endpoints, usb4java
 *   screen:pad                          a page that the agent serves to a browser
 * </pre>
 *
 * <p>The only package that knows jSerialComm and usb4java.
 */
@NullMarked
package dev.doorstep.driver.transport;

import org.jspecify.annotations.NullMarked;
