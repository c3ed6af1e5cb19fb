package dev.doorstep.driver.picture;

/**
 * Whether a line goes on past a corner.
 *
 * @param seen whether that is in the picture
 * @param any how clear any step is there, 0 to 1
 * @param same how much it is the step of the side, 0 to 1
 * @param whole how clear a step is there in the mean over all of it, 0 to 1
 */
record PastEnd(boolean seen, double any, double same, double whole) {
  private static final PastEnd UNSEEN = new PastEnd(false, 0, 0, 0);
  private static final int CLOSE = 3;
  private static final int LEAST = 4; // places

  /** Past one end of a side with that step, so many pixels from its begin on. */
  static PastEnd of(Across across, double from, double until, double[] step) {
    double[][][] values = across.plain(from, until, CLOSE, -CLOSE);
    int places = values[0][0].length;
    if (places < LEAST) {
      return UNSEEN;
    }
    double any = 0;
    for (int i = 0; i < places; i++) {
      any += Math.min(1, Across.most(values[0], values[1], i) / SideView.CLEAR) / places;
    }
    double dot = 0;
    double square = 1e-4;
    double whole = 0;
    for (int c = 0; c < 3; c++) {
      double mean = Across.mean(values[0][c]) - Across.mean(values[1][c]);
      dot += mean * step[c];
      square += step[c] * step[c];
      whole = Math.max(whole, Math.abs(mean));
    }
    return new PastEnd(
        true, any, Math.min(1, Math.abs(dot) / square), Math.min(1, whole / (2 * SideView.CLEAR)));
  }
}
