/**
 * Receipt printers that speak ESC/POS, on TCP (raw port 9100) or a serial line. Source: Epson's
 * ESC/POS command reference.
 *
 * <pre>
 *   1B 40             initialise            1C 26             Chinese on
 *   1B 61 n           align                 1B 45 n           bold
 *   1D 21 wh          size                  1B 64 n           feed lines
 *   1D 28 6B …        QR code               1D 56 …           cut
 *   1D 68 n           bar code height       1D 77 n           its narrowest bar
 *   1D 48 02          its text below        1D 6B m n d …     bar code: m = 67 EAN-13, 69 CODE 39, 73 CODE 128
 *   1D 76 30 00 xL xH yL yH d …             picture: x bytes in a row, y rows; the highest bit is the left dot
 *
 *   1D 61 00          no automatic status; else four bytes at each change, the first b &amp; 93 = 10
 *   10 04 n           status n = 1 … 4, answered at once by one byte b: b &amp; 93 = 12
 *   1D 72 01          paper status, answered when all before it is printed: b &amp; 90 = 00
 *   10 14 08 01 03 14 01 06 02 08   forget what is not printed yet, confirmed by 37 25 00
 * </pre>
 *
 * <p>The answer to 1D 72 behind the cut is how the printer itself says that a ticket is printed.
 * Until it comes, 10 04 n is asked for what may stand in the way; a slow printer on a slow line may
 * take long over that answer too. An answer names no question: so after a job that ended without
 * its answer the line is closed, and before the first job of a line 1D 72 is asked until nothing of
 * an older job can come any more. If the printer does not answer that, it may hold a command of
 * which the rest never came: 8192 zeros end it. Models differ in the bits of their status; they are
 * data, in {@code models.properties}.
 *
 * <p>The connection stays open as long as the device: a printer takes one at a time, and closing it
 * ends the job that is being printed.
 */
@NullMarked
package dev.doorstep.driver.escpos;

import org.jspecify.annotations.NullMarked;
