package dev.doorstep.simulator.device;

/** How much paper a receipt printer has. */
public enum Paper {
  /** Plenty. */
  OK,
  /** The roll is nearly used up; the printer goes on. */
  NEAR_END,
  /** There is none; the printer stops. */
  END
}
