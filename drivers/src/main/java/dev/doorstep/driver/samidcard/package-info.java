/**
 * Readers of second-generation resident ID cards that speak the SAM (SDT) serial protocol, 8N1,
 * 115200 baud unless set otherwise, or the same bytes over TCP. Source: public specifications of
 * the protocol and GA/T 467.
 *
 * <pre>
 *            0              5            7                          7+Len-1
 *   request  | AA AA AA 96 69 | LenHi LenLo | CMD PARA    | data … | CHK |   Len = CMD … CHK
 *   response | AA AA AA 96 69 | LenHi LenLo | SW1 SW2 SW3 | data … | CHK |   Len = SW1 … CHK
 *                             |&lt;----- XOR of all these and CHK is 0 -----&gt;|
 *
 *   read text and photo (30 01), the data of its response:
 *   | textLen 01 00 | photoLen 04 00 | 256 bytes UTF-16LE | 1024 bytes WLT |
 *   read fingerprints, too (30 10):
 *   | textLen 01 00 | photoLen 04 00 | printsLen | 256 bytes UTF-16LE | 1024 bytes WLT | prints |
 *   read appended addresses (30 03): up to 4 × 70 bytes UTF-16LE; SW3 91 if there are none
 * </pre>
 *
 * <p>On USB the same frames go through bulk endpoints in packets of 64 bytes: 0400:c35a has a pair
 * for the head (out 02, in 81: preamble and length) and one for the rest (out 06, in 85), others
 * such as 0316:5020 one pair for all.
 *
 * <p>The way to a card is find, select, read. A card that was read and lies there still makes
 * "find" answer 80 like no card at all; that it is there shows in 30 05 (card management number)
 * being answered with the same number, or 30 03 (appended address) by readers that know no 30 05.
 * So the last reading is kept in memory until the card is seen gone, and given again while it lies
 * there.
 */
@NullMarked
package dev.doorstep.driver.samidcard;

import org.jspecify.annotations.NullMarked;
