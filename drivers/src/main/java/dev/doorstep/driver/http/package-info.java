/**
 * HTTP/1.1 over a transport, for devices that speak it: one request a connection, which ends with
 * its response (RFC 9112). It goes over a transport, and not through a client of its own, so that
 * the lane owns the wire: closing that ends whatever waits. Parsed by Apache HttpCore, within
 * bounds.
 */
@NullMarked
package dev.doorstep.driver.http;

import org.jspecify.annotations.NullMarked;
