/**
 * What scanners of every kind have in common: pages that come row by row, or as the scanner's own
 * JPEG, become a document while they come.
 *
 * <pre>
 *   Rows ──┬─ JPEG ──────────────┐
 *          ├─ PNG                ├─→ DocumentWriter, never more than some rows in memory
 *          └─ JPEG or bits ─ PDF ┤
 *   JPEG ──── as it is ──────────┘
 *
 *   Rows ──── PNM ─┐
 *   JPEG ──────────┴─→ driver.picture, if anything else is wanted than the scanner's own pixels
 * </pre>
 *
 * <p>A page of A4 at 300 dpi in colour is 26 MB, and a feeder holds fifty of them, so nothing here
 * holds a page. That is also why PDF is written by {@link dev.doorstep.driver.scan.PdfForm} and not
 * by a library: they collect the whole document, in memory or in a file, before they write it.
 */
@NullMarked
package dev.doorstep.driver.scan;

import org.jspecify.annotations.NullMarked;
