/** What the program writes for whoever looks after it. */
@NullMarked
package dev.doorstep.agent.log;

import org.jspecify.annotations.NullMarked;
