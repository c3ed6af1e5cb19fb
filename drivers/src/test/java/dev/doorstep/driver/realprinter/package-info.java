/** Printers and queues that others wrote, as processes of the tests' own. */
@NullMarked
package dev.doorstep.driver.realprinter;

import org.jspecify.annotations.NullMarked;
