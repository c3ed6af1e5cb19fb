/** Files of the agent's own that others must not read. */
@NullMarked
package dev.doorstep.agent.files;

import org.jspecify.annotations.NullMarked;
