/**
 * For tests against real software: what needs it, whether it ran, and that nothing is left behind.
 * It needs JUnit 5 beside it, which the simulator's own dependencies leave optional.
 */
@org.jspecify.annotations.NullMarked
package dev.doorstep.simulator.testing;
