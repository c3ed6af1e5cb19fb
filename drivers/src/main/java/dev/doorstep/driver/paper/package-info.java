/**
 * Documents on their way to paper or to a screen: checked, and made into what a printer takes or a
 * page shows. Source of the raster: PWG 5102.4.
 *
 * <p>A document is untrusted and may be made to take memory and time without end. So whatever has
 * to look into one runs in a process of its own, with a heap and a time of its own, that the lane
 * can close; nothing of the document touches the disk.
 *
 * <pre>
 *   to the process     the document, then the end
 *   from the process   pages (4), then the new document: length (4) bytes …, 0 (4) at its end;
 *                      in place of any number: -1 (4), length (4), CODE and what is wrong
 *
 *   PWG raster         52 61 53 32, then for each side a header of 1796 bytes and its lines:
 *                      n-1 for n equal lines, then   n-1 pixel           n equal pixels
 *                                                    257-n pixel …       n different ones
 * </pre>
 */
@NullMarked
package dev.doorstep.driver.paper;

import org.jspecify.annotations.NullMarked;
