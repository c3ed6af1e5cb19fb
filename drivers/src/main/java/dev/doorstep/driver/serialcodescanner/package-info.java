/**
 * Barcode and QR scanners on a serial line, 9600 8N1 unless set otherwise, or the same bytes over
 * TCP. Sources: the manuals of the GM65 and GM861 modules; ISO/IEC 15424 for the AIM identifiers.
 *
 * <pre>
 *   code     | ]cm if AIM is on | bytes … | CR, CR LF or nothing |   nothing: an idle gap ends it
 *
 *            0       2      3     4               6
 *   request  | 7E 00 | type | len | addrHi addrLo | data | CRC |   type 07 read, 08 write
 *   reply    | 02 00 | 00   | len | data          | CRC |
 *                    |&lt;-- CRC-16/XMODEM of all these --&gt;|        AB CD in its place: not checked
 *
 *   trigger: write 01 at 0002
 * </pre>
 *
 * <p>A code names no command that it was scanned for. So what came before a command is thrown away,
 * to the end of the code that is just coming, before the scanner is triggered; in continuous mode
 * it is told as an event. A code may stand for a person: its bytes are in no error and no log.
 */
@NullMarked
package dev.doorstep.driver.serialcodescanner;

import org.jspecify.annotations.NullMarked;
