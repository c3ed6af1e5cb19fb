/**
 * Evaluation keypads (评价器) with keys and lamps on a serial line, 9600 8N1 unless set otherwise, or
 * the same bytes over TCP. No vendor publishes a wire protocol, and pads differ in frame, key map
 * and lamps: so a pad is described by data, in {@code models.properties} or in its configuration.
 *
 * <pre>
 *   a frame is described byte by byte:    A5 | 01 4B key sum
 *
 *     A5         this byte
 *     key        the byte that tells which key was pressed; in the frame of a key, once
 *     any        a byte that may be anything
 *     |          where the checksum begins to count; else at the first byte
 *     sum, xor   the checksum of the bytes before it: the low byte of their sum, or their XOR
 *
 *       agent                              pad
 *         │ query                            │
 *         ├─────────────────────────────────►│  what comes before the reply was pressed before
 *         │                            reply │  the question, and is thrown away
 *         │◄─────────────────────────────────┤
 *         │ lamps-on                         │
 *         ├─────────────────────────────────►│  the resident is asked
 *         │           frame of a key, pressed│
 *         │◄─────────────────────────────────┤
 *         │ lamps-off                        │
 *         ├─────────────────────────────────►│
 * </pre>
 *
 * <p>A pad without query, or without lamps, is sent none. Bytes that are no frame, frames with a
 * wrong checksum and keys that mean nothing are passed over. The five levels: GB/T 39046-2020,
 * table A.8; that giving one is voluntary: GB/T 39734-2020.
 */
@NullMarked
package dev.doorstep.driver.serialpad;

import org.jspecify.annotations.NullMarked;
