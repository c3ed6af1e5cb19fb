/**
 * Document cameras (高拍仪) behind their vendor's service on this machine: one WebSocket (RFC 6455),
 * text messages of JSON. Source: the vendor's demonstration page, as far as it is known; what is
 * marked [U] in {@link dev.doorstep.driver.eloamcamera.ServiceSession} was not seen on a device.
 *
 * <pre>
 *   {"function":"InitDevs"}                              {"function":"InitDevs","ret":0}
 *   {"function":"GetDeviceCount"}                        {"function":"GetDeviceCount","ret":0,"value":1}
 *   {"function":"GetResolution","device":0}              {…,"ret":0,"value":"2592x1944|1600x1200"}
 *   {"function":"OpenCamera","device":0,
 *      "resolution":0,"datacallback":true}               {"function":"OpenCamera","ret":0}
 *                                                        {"function":"ImageCallback","value":"/9j/4…"}  again and again
 *   {"function":"ScanImage","device":0}                  {"function":"ScanImage","ret":0,"value":"/9j/4…"}
 *   {"function":"CloseCamera","device":0}                {"function":"CloseCamera","ret":0}
 *   {"function":"DeinitDevs"}                            {"function":"DeinitDevs","ret":0}
 *
 *   ret: 0 and above is good, -2 is failed.  /9j/4… is a JPEG in base64.
 *
 *   | FIN 1, RSV 3, opcode 4 | MASK 1, length 7 | length 0, 16 or 64 | mask 0 or 32 | data |
 * </pre>
 *
 * <p>Each command has a connection of its own, from InitDevs to DeinitDevs, so that nothing of one
 * that failed is left to the next, and other programs can use the camera between commands.
 */
@NullMarked
package dev.doorstep.driver.eloamcamera;

import org.jspecify.annotations.NullMarked;
