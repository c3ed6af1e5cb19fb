package dev.doorstep.protocol;

/** What a command does to the world, told by its driver from the parameters. */
public enum Effect {
  /** Nothing that could not be done again: a reading, a picture. */
  SAFE,
  /** Paper moves or a person is asked: never done twice by itself. */
  PHYSICAL
}
