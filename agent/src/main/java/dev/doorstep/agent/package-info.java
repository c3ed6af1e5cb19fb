/** The program: wires link, dispatcher, lanes and servers of one point together. */
@NullMarked
package dev.doorstep.agent;

import org.jspecify.annotations.NullMarked;
