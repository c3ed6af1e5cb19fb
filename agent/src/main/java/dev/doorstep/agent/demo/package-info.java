/**
 * A whole point in one process: broker, virtual counter, agent and center, and a visit at it. All
 * that lies between center and device is real: the broker, the agent, and the wires.
 */
@NullMarked
package dev.doorstep.agent.demo;

import org.jspecify.annotations.NullMarked;
