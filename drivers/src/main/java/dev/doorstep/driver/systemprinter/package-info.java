/**
 * Queues that only the operating system knows, by javax.print: it finds them on Linux (CUPS and
 * {@code lpr}) and on Windows. Source: the Java Print Service API.
 *
 * <pre>
 *   to the process     the document in parts: length (4) bytes …, 0 (4) at its end
 *   from the process   0 the queue is there, 1 it takes no jobs; at a print, before the document: 0
 *                      at its end: 0 the system has all of it, 1 nobody said so
 *                      in place of any number: -1 (4), length (4), CODE and what is wrong
 * </pre>
 *
 * <p>javax.print has no deadlines, keeps threads and waits for {@code lpr}: so it runs in a process
 * of its own that ends in time. It knows no job numbers, cannot cancel, and hears nothing of paper.
 */
@NullMarked
package dev.doorstep.driver.systemprinter;

import org.jspecify.annotations.NullMarked;
