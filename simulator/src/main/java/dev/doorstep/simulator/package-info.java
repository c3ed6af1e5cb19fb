/**
 * A whole virtual service point in one process: an MQTT 5 broker and a counter with one device of
 * each kind. The devices themselves are in {@link dev.doorstep.simulator.device}; what real
 * software there is to test against is in {@link dev.doorstep.simulator.testing}.
 */
@org.jspecify.annotations.NullMarked
package dev.doorstep.simulator;
