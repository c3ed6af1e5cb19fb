/**
 * The template of a driver: a device that says back what it is told, over TCP. Made for people who
 * write a driver of their own; {@code drivers/README.md} leads through it.
 *
 * <pre>
 *   request  | SAY     | SP | text, UTF-8, at most 1000 bytes | LF |
 *            | HELLO   | LF |
 *            | DATA    | SP | n, at most 65536                | LF | n bytes |
 *            | MAKE    | SP | seed | SP | n, at most 65536     | LF |
 *   response | OK      | SP | text                            | LF |
 *            | OK      | SP | n                               | LF | n bytes |   to DATA and MAKE
 *            | ERR     | SP | reason                          | LF |
 * </pre>
 */
@NullMarked
package dev.doorstep.driver.echo;

import org.jspecify.annotations.NullMarked;
