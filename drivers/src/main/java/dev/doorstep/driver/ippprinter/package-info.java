/**
 * Page printers that speak IPP, and the queues of CUPS. Source: RFC 8010 (encoding), RFC 8011
 * (model), PWG 5100.14 (IPP Everywhere).
 *
 * <pre>
 *   POST /printers/office HTTP/1.1        Content-Type: application/ipp; a connection each
 *   01 01 | 00 0B | request id (4)        version 1.1, operation | in answers: status
 *   01                                    operation attributes: charset, language, printer-uri …
 *   44 | length (2) name | length (2) value      44 keyword, 21 integer, 23 enum, 34 collection …
 *   02 …  04 …                            attributes of a job, of the printer
 *   03                                    end; a document follows
 *
 *   000B Get-Printer-Attributes           how it is, and what it can do
 *   0004 Validate-Job                     whether it would do all of what is asked
 *   0005 Create-Job, 0006 Send-Document   or 0002 Print-Job, where it has not these
 *   0009 Get-Job-Attributes               3 pending, 4 held, 5 processing, 6 stopped,
 *                                         7 cancelled, 8 aborted, 9 completed
 *   0008 Cancel-Job
 * </pre>
 *
 * <p>HTTP is spoken over a transport of the lane, not by a client with threads and connections of
 * its own: so each byte has its deadline, the lane can close the line under it, and a connection
 * that has ended unseen is none of ours.
 *
 * <p>Each job demands that the printer does all of it or nothing ({@code ipp-attribute-fidelity}).
 * A job is made before its document is sent, where the printer can do that: so it can be cancelled
 * whatever becomes of the document.
 */
@NullMarked
package dev.doorstep.driver.ippprinter;

import org.jspecify.annotations.NullMarked;
