package dev.doorstep.driver.picture;

/**
 * What is asked of a quad to tell how likely it is the page; each about 0 to 1. Means and worsts
 * are those of its four sides.
 */
enum Trait {
  CLEAR,
  CLEAR_WORST,
  ONE_STEP,
  ONE_STEP_WORST,
  SHARP,
  SHARP_WORST,
  FLAT_INSIDE,
  FLAT_INSIDE_WORST,
  CALM_OUTSIDE,
  CALM_OUTSIDE_WORST,
  /** Some step, anywhere, where sides would go on past the corners. */
  PAST_ANY,
  /** The side's own step there. */
  PAST_SAME,
  /** Both neighbours of one side go on past it, as those of a printed rule do. */
  PAST_BOTH_ANY,
  PAST_BOTH_SAME,
  /** The second most that any goes on. */
  PAST_SECOND,
  PAST_UNSEEN,
  /** A step in the mean over the stretch past the corners. */
  PAST_WHOLE,
  PAST_BOTH_WHOLE,
  SIZE,
  OFF_MIDDLE,
  /** How much of its sides is outside of the picture. */
  HIDDEN,
  /** Whether all sides step the same way: all brighter inside, or all darker. */
  ALIKE,
  STRENGTH,
  STRENGTH_WORST,
  PAPER_LIGHT_DIFFERS,
  PAPER_HUE_DIFFERS,
  DESK_LIGHT_DIFFERS,
  DESK_HUE_DIFFERS,
  /** Corners outside of the picture, beyond the first. */
  CORNERS_OUTSIDE,
  /** How much the step is one of hue, which no shadow's is. */
  HUE,
  HUE_WORST,
  INK_INSIDE,
  INK_OUTSIDE,
  INK_OUTSIDE_MOST,
  /** Another step a little further out: a margin of paper, then the desk. */
  RIM,
  RIM_MOST
}
