/** The rules of the contract by number, for whoever checks that a point keeps them. */
@NullMarked
package dev.doorstep.protocol.conformance;

import org.jspecify.annotations.NullMarked;
