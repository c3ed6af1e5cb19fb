package dev.doorstep.driver.picture;

/**
 * What is seen across one side of a supposed page: how paper and desk differ along it, close to it
 * and further off, and whether the line goes on past its ends.
 *
 * @param seen how many places of it are in the picture
 * @param clear how clear the step is, 0 to 1, in the mean
 * @param same how much of it is one and the same step, -1 to 1
 * @param sharp how much of the step is made within few pixels, 0 to 1
 * @param flat how little changes further in, 0 to 1
 * @param calm how little changes further out, 0 to 1
 * @param inkInside how much is printed further in, 0 to 1
 * @param inkOutside how much further out
 * @param rim how much the desk as a whole is another further out, against the step, 0 to 1
 * @param step paper less desk, in blue, green, red
 * @param inside the paper along it, in logarithms
 * @param outside the desk along it
 */
@SuppressWarnings("ArrayRecordComponent") // of this package, changed by nobody
record SideView(
    int seen,
    double clear,
    double same,
    double sharp,
    double flat,
    double calm,
    double inkInside,
    double inkOutside,
    double rim,
    double[] step,
    double[] inside,
    double[] outside,
    PastEnd before,
    PastEnd after) {
  /** From so much on, in logarithms, a step is as clear as can be. */
  static final double CLEAR = 0.04;

  private static final double INK = 0.2; // so much darker than around it
  private static final double LITTLE = 0.01; // a step of which parts are no longer told
  private static final double TRIM = 0.04; // of the side, left out at each end
  private static final int BEGIN_PAST = 5;
  private static final int END_PAST = 33;

  // pixels from the side
  private static final int CLOSE = 3;
  private static final int OFF = 8;
  private static final int FAR = 14;
  private static final int FARTHEST = 20;

  /** Along a to b, the paper to its right. */
  static SideView of(EdgeMap edges, Line.Point a, Line.Point b) {
    Across across = new Across(edges, a, b);
    double from = TRIM * across.length();
    double until = (1 - TRIM) * across.length();
    double[][][] in = across.plain(from, until, CLOSE, OFF, FAR);
    double[][][] out = across.plain(from, until, -CLOSE, -OFF, -FAR, -FARTHEST);
    double[][][] edge = across.fine(from, until, 1, -1);
    double[][][] letters = across.fine(from, until, OFF, -OFF);
    double[] inside = new double[3];
    double[] outside = new double[3];
    double[] step = new double[3];
    double size = 0;
    double rim = 0;
    for (int c = 0; c < 3; c++) {
      inside[c] = Across.mean(in[0][c]);
      outside[c] = Across.mean(out[0][c]);
      step[c] = inside[c] - outside[c];
      size += step[c] * step[c];
      for (int o = 1; o < out.length; o++) {
        rim = Math.max(rim, Math.abs(Across.mean(out[o][c]) - outside[c]));
      }
    }
    size = Math.sqrt(size) + 1e-6;
    double[] sums = new double[7];
    int places = in[0][0].length;
    for (int i = 0; i < places; i++) {
      double most = Across.most(in[0], out[0], i);
      double same = 0;
      for (int c = 0; c < 3; c++) {
        same += (in[0][c][i] - out[0][c][i]) * step[c] / size;
      }
      sums[0] += Math.min(1, most / CLEAR);
      sums[1] += Math.max(-1, Math.min(1, same / CLEAR));
      sums[2] += Math.min(1, Across.most(edge[0], edge[1], i) / (most + LITTLE));
      sums[3] += Math.max(0, 1 - Across.most(in[2], in[0], i) / (most + LITTLE));
      sums[4] += Math.max(0, 1 - Across.most(out[1], out[0], i) / (most + LITTLE));
      sums[5] += Math.min(1, Math.max(0, in[1][1][i] - letters[0][1][i]) / INK);
      sums[6] += Math.min(1, Math.max(0, out[1][1][i] - letters[1][1][i]) / INK);
    }
    for (int k = 0; k < sums.length; k++) {
      sums[k] /= Math.max(1, places);
    }
    return new SideView(
        places,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        sums[6],
        Math.min(1, rim / (size + 2 * LITTLE)),
        step,
        inside,
        outside,
        PastEnd.of(across, -END_PAST, -BEGIN_PAST, step),
        PastEnd.of(across, across.length() + BEGIN_PAST, across.length() + END_PAST, step));
  }

  /** How much the step is one of hue. */
  double hue() {
    return Math.max(Math.abs(step[0] - step[1]), Math.abs(step[2] - step[1]));
  }

  /** How large the step is in the colour in which it is largest. */
  double strength() {
    return Math.max(Math.abs(step[1]), Math.max(Math.abs(step[0]), Math.abs(step[2])));
  }
}
