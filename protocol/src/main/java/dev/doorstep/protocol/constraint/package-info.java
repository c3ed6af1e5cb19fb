/**
 * What the records of messages demand beyond their types, as annotations that the JSON Schemas are
 * made from. The records check the same in their constructors: an annotation refuses nothing.
 */
@NullMarked
package dev.doorstep.protocol.constraint;

import org.jspecify.annotations.NullMarked;
