/**
 * Social-security cards (社会保障卡) of the first and second generation in PC/SC readers. Sources: LD/T
 * 32-2015, LD/T 6001-2023, ISO/IEC 7816-4.
 *
 * <pre>
 *   select the application  00 A4 04 00 0F | 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF |   "sx1.sh.社会保障"
 *   select a file           00 A4 02 00 02 | EF 05 |    who issued the card      | EF 06 |   whose it is
 *   read a record by tag    00 B2 | tag | 00 | length + 2 |
 *   read a record by number 00 B2 | n   | 04 | 00 |
 *   answer                  | tag | length | value … | SW1 SW2 |
 * </pre>
 *
 * <p>Values are digits (BCD, from the left, filled up with F), letters and digits (filled up with
 * 00) or names in GBK, which go on in record 4E. A card of the third generation answers 69 82: it
 * wants a PIN and, for all of its records, a security module.
 *
 * <p>Native calls know no deadline. So each session with the service has a thread that makes them,
 * while the lane's thread waits as long as it may. A session is of one opening: the next one finds
 * a service that was restarted.
 */
@NullMarked
package dev.doorstep.driver.pcscsocialcard;

import org.jspecify.annotations.NullMarked;
