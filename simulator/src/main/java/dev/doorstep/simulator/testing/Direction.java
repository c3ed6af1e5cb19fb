package dev.doorstep.simulator.testing;

/** Which way bytes go through a {@link FaultyNetwork}. */
public enum Direction {
  /** From whoever connected to the server. */
  TO_SERVER,
  /** From the server to whoever connected. */
  TO_CLIENT
}
