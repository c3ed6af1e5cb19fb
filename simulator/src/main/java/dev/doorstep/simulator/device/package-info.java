/**
 * Devices of a service point, played at the wire: what a program reads from and writes to them is
 * what the real ones send and take, and nothing else connects the two. So that a mistake here and a
 * mistake in a driver cannot agree, nothing of Doorstep's other packages is used, and every codec
 * is this package's own.
 *
 * <p>SAM ID-card reader (UART 8N1 or the same bytes over TCP; from public specifications of the
 * SAM/SDT serial protocol):
 *
 * <pre>
 * request   | AA AA AA 96 69 | LenHi LenLo | CMD PARA    | data | CHK |   Len counts CMD … CHK
 * response  | AA AA AA 96 69 | LenHi LenLo | SW1 SW2 SW3 | data | CHK |   Len counts SW1 … CHK
 *                            |&lt;------------- CHK is the XOR of these ----->|
 * </pre>
 *
 * <p>Receipt printer (ESC/POS, from Epson's command reference): a stream of text and of commands
 * that begin with ESC (1B), GS (1D), FS (1C) or DLE (10), see {@link
 * dev.doorstep.simulator.device.EscPosPrinter}.
 *
 * <p>Code scanner (GM65 and its kin, 9600 8N1), see {@link
 * dev.doorstep.simulator.device.CodeScanner}.
 *
 * <p>Camera (motion JPEG over HTTP/1.1, RFC 2046 multipart with the replace rule of browsers):
 *
 * <pre>
 * | HTTP/1.1 200 OK, Content-Type: multipart/x-mixed-replace; boundary=B |
 * | --B | Content-Type: image/jpeg | Content-Length: n | empty line | n bytes of JPEG | … again and again
 * </pre>
 *
 * <p>Scanner (eSCL, also called AirScan, over HTTP/1.1; from the specification of the Mopria
 * Alliance), see {@link dev.doorstep.simulator.device.EsclScanner}:
 *
 * <pre>
 * GET  /eSCL/ScannerCapabilities, /eSCL/ScannerStatus        | 200, XML |
 * POST /eSCL/ScanJobs  XML of what is wanted                 | 201, Location: …/eSCL/ScanJobs/n | 409 it cannot | 503 busy |
 * GET  /eSCL/ScanJobs/n/NextDocument                         | 503 not yet | 200, JPEG | … | 404 no more |
 * DELETE /eSCL/ScanJobs/n                                    | 200 |
 * </pre>
 *
 * <p>Evaluation pad with keys (9600 8N1, made up), see {@link
 * dev.doorstep.simulator.device.KeyPad}.
 *
 * <p>Evaluation pad: the resident behind a browser, HTTP/1.1 and WebSocket (RFC 6455) with JSON
 * text frames, see {@link dev.doorstep.simulator.device.Resident}.
 */
@org.jspecify.annotations.NullMarked
package dev.doorstep.simulator.device;
