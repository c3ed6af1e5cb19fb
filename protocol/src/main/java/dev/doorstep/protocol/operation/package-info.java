/**
 * The operations of version 1: a record of parameters for each, and the record of its result.
 *
 * <p>A result is read by whoever is newer or older than its writer, so its enum values are {@link
 * dev.doorstep.protocol.OpenEnum}. A record that holds personal data does not print it.
 */
@NullMarked
package dev.doorstep.protocol.operation;

import org.jspecify.annotations.NullMarked;
