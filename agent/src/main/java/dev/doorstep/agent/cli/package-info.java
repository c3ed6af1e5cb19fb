/**
 * The command line. It builds the same commands as a center and gives them to the same dispatcher:
 * what a technician tests is what the center uses.
 *
 * <p>Exit status: 0 done, 1 the device failed, 2 wrong usage or configuration, 3 nothing reachable.
 */
@NullMarked
package dev.doorstep.agent.cli;

import org.jspecify.annotations.NullMarked;
