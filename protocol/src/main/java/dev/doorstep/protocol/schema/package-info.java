/**
 * The contract as data: JSON Schemas (draft 2020-12) of messages and operations, made from the
 * records that the code itself reads and writes.
 *
 * <p>What a center writes is closed: an unknown member is refused. What a point writes is open: a
 * reader passes over members that it does not know, and takes any text for a name of a set that may
 * grow. A member that may be left out may also be null.
 */
@NullMarked
package dev.doorstep.protocol.schema;

import org.jspecify.annotations.NullMarked;
