/**
 * Document cameras: those whose picture is a motion-JPEG stream over HTTP/1.1, and those of the
 * kernel. Source: RFC 9112 (HTTP/1.1), RFC 2046 (multipart), and browsers' practice of {@code
 * multipart/x-mixed-replace}.
 *
 * <pre>
 *   GET /stream HTTP/1.1
 *                        HTTP/1.1 200 OK
 *                        Content-Type: multipart/x-mixed-replace; boundary=frame
 *
 *                        --frame
 *                        Content-Type: image/jpeg
 *                        Content-Length: 48211          may be missing: the boundary ends the part
 *
 *                        FF D8 … FF D9
 *                        --frame
 *                        …
 * </pre>
 *
 * <p>A connection serves one capture. A stream that stayed open would hold pictures of the time
 * before the request in its buffers, and a camera that shows somebody's papers all day costs the
 * line for nothing.
 *
 * <p>Cameras of the kernel (V4L2, mostly UVC) are read by ffmpeg in a process of its own, which
 * writes the same multipart stream into a pipe (its format mpjpeg): the camera's own JPEGs where it
 * makes them, at their full size and not encoded anew. Source: ffmpeg's documentation of its input
 * device v4l2 and its muxer mpjpeg.
 */
@NullMarked
package dev.doorstep.driver.videocamera;

import org.jspecify.annotations.NullMarked;
