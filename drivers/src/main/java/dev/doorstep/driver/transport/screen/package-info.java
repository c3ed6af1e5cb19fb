/**
 * The {@code screen:} connection: a page that this program serves to a browser on the same machine,
 * and the texts that go there and back.
 *
 * <pre>
 *   browser                                   ScreenServer                           driver
 *      │ GET /screen/{name}          HTTP/1.1      │                                    │
 *      │ GET /screen/{file}   (style, script)      │                                    │
 *      │ GET /screen/{name}/file/{file}            │   of what is shown now, from memory
 *      ├──────────────────────────────────────────►│                                    │
 *      │ GET /screen/{name}/channel  WebSocket 13  │                                    │
 *      ├──────────────────────────────────────────►│◄──────────── Screen.show ──────────┤
 *      │◄───── the text that is shown, at once ────┤                                    │
 *      ├───── text, at most 60 KiB, masked ───────►├──────────── Screen.receive ───────►│
 *      │◄───── ping after 10 s of silence ─────────┤
 * </pre>
 *
 * <pre>
 *   tablet                                    ScreenServer on the counter's network
 *      │ GET anything                              │
 *      │◄──────────── the page that asks for a code┤  the same whatever was asked
 *      │ POST /pair            the code's 8 digits │
 *      ├──────────────────────────────────────────►│
 *      │◄──── Set-Cookie: doorstep-screen=token ───┤  or 403
 *      │ GET /screen/{name} with the cookie …      │  as above
 * </pre>
 *
 * <p>It knows nothing of what the texts mean: that is the business of the driver and its page. What
 * a stranger can do to it is bounded: it listens on loopback unless tablets are wanted, and tells
 * those that are not paired nothing, refuses foreign names in {@code Host} (a name that was bound
 * anew to this machine) and foreign pages in {@code Origin}, takes one small request per
 * connection, and drops who is slow or silent. Sources: RFC 9112, RFC 6455, W3C Content Security
 * Policy Level 3.
 */
@NullMarked
package dev.doorstep.driver.transport.screen;

import org.jspecify.annotations.NullMarked;
