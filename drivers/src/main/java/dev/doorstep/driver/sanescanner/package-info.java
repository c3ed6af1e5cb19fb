/**
 * Scanners behind a SANE daemon, {@code saned}, on this machine or another. Source: "SANE Standard
 * Version 1.06", chapter 5 (Network Protocol), and {@code saned} of sane-backends 1.2.1.
 *
 * <pre>
 *   control connection, port 6566; a word is 32 bits, the highest first
 *
 *   word 0 INIT        version, user                     → status, version
 *   word 2 OPEN        device                            → status, handle, resource
 *   word 4 OPTIONS     handle                            → descriptors
 *   word 5 CONTROL     handle, option, action, value     → status, info, value, resource
 *   word 7 START       handle                            → status, port, byte order, resource
 *   word 6 PARAMETERS  handle                            → status, format, last frame,
 *                                                          bytes per line, pixels, lines, depth
 *   word 8 CANCEL      handle                            → word
 *   word 3 CLOSE       handle                            → word
 *   word 10 EXIT
 *
 *   string   | length with its NUL | bytes | 00 |            no string: | 00000000 |
 *   array    | length | element …                            pointer:   | 00000000 | value, or | 00000001 |
 *
 *   data connection, to the port that START names, one for each page
 *   | length | bytes | length | bytes | … | FFFFFFFF | status |          status 5: the page is whole
 * </pre>
 *
 * <p>The protocol is spoken here and not by the library jfreesane: that collects a page in memory
 * before it gives it, and its sockets know neither the deadline of a call nor the lane that may
 * close them. A session serves one capture, so each begins anew whatever ended the one before.
 */
@NullMarked
package dev.doorstep.driver.sanescanner;

import org.jspecify.annotations.NullMarked;
