/**
 * Scanners that speak eSCL, the protocol behind AirScan, over HTTP. Source: "eSCL Technical
 * Specification" 2.97 of the Mopria Alliance, and what sane-airscan 0.99.27 does with scanners as
 * they are.
 *
 * <pre>
 *   GET  /eSCL/ScannerCapabilities    → XML: sources, colours, resolutions, largest regions
 *   GET  /eSCL/ScannerStatus          → XML: pwg:State  Idle, Processing, Testing, Stopped, Down
 *                                            scan:AdfState  ScannerAdfLoaded, …Empty, …Jam, …DoorOpen
 *   POST /eSCL/ScanJobs               ← XML: source, region in 300ths of an inch, colour, dpi, format
 *                                     → 201, Location: …/eSCL/ScanJobs/7
 *   GET  /eSCL/ScanJobs/7/NextDocument
 *                                     → 200, a JPEG, and so on for each page
 *                                       503: not yet; ask for the status and again
 *                                       404: no more pages
 *   DELETE /eSCL/ScanJobs/7           → the job is over
 * </pre>
 *
 * <p>HTTP is spoken over a transport of the lane, with the message parser of HttpCore, and not by
 * java.net.http: that has threads of its own, knows no deadline once the head of a response has
 * come, and cannot be closed on Java 17. Each request has a connection of its own, so none is
 * caught by a scanner that closes idle ones.
 */
@NullMarked
package dev.doorstep.driver.esclscanner;

import org.jspecify.annotations.NullMarked;
