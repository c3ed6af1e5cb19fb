package dev.doorstep.driver.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;

/** What a page lies on: one square of a plane, {@link #SIZE} pixels wide. */
enum Desk {
  WOOD,
  CLOTH,
  PLAIN,
  CLUTTER;

  static final int SIZE = 1536;

  /** Draws it with that mean grey, its texture that strong. */
  BufferedImage draw(Random random, int grey, double texture) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    double warmth = this == WOOD ? 0.5 * random.nextDouble() : 0.3 * (random.nextDouble() - 0.5);
    warmth *= texture > 12 ? 1 : 0.3;
    double[] field =
        switch (this) {
          case WOOD -> wood(random);
          case CLOTH -> cloth(random);
          case PLAIN, CLUTTER -> smooth(random);
        };
    for (int i = 0; i < pixels.length; i++) {
      double value = grey + texture * field[i];
      pixels[i] =
          rgb(value * (1 + 0.35 * warmth), value * (1 - 0.02 * warmth), value * (1 - 0.9 * warmth));
    }
    if (this == CLUTTER) {
      clutter(image, random);
    }
    return image;
  }

  static int rgb(double r, double g, double b) {
    return (clamp(r) << 16) | (clamp(g) << 8) | clamp(b);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, value + 0.5));
  }

  private static double[] wood(Random random) {
    double[] field = new double[SIZE * SIZE];
    double[] grain = noise(random, SIZE, 3);
    double[] broad = noise(random, SIZE, 40);
    int plank = 150 + random.nextInt(500);
    boolean planks = random.nextBoolean();
    double turn = random.nextDouble() - 0.5;
    double[] tone = random.doubles(SIZE).map(v -> v - 0.5).toArray();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double bent = y + x * turn + 14 * broad[(x / 3) % SIZE];
        int at = Math.floorMod((int) bent, SIZE);
        double value = 0.6 * grain[at] + 0.4 * broad[Math.floorMod(at + x / 9, SIZE)];
        int row = Math.floorDiv((int) (y + x * turn), plank);
        if (planks) {
          value += 0.8 * tone[Math.floorMod(row * 7, SIZE)];
          value -= Math.floorMod((int) (y + x * turn), plank) < 3 ? 1.5 : 0;
        }
        field[y * SIZE + x] = value;
      }
    }
    return field;
  }

  private static double[] cloth(Random random) {
    double[] field = smooth(random);
    double thread = 3 + 6 * random.nextDouble();
    boolean stripes = random.nextInt(3) == 0;
    int stripe = 60 + random.nextInt(200);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double weave = Math.sin(x * 2 * Math.PI / thread) * Math.sin(y * 2 * Math.PI / thread);
        double value = 0.5 * field[y * SIZE + x] + 0.5 * weave + 0.3 * random.nextGaussian();
        field[y * SIZE + x] = value + (stripes && (x / stripe) % 2 == 0 ? 0.7 : 0);
      }
    }
    return field;
  }

  private static double[] smooth(Random random) {
    double[] across = noise(random, SIZE, 150);
    double[] down = noise(random, SIZE, 150);
    double[] field = new double[SIZE * SIZE];
    for (int i = 0; i < field.length; i++) {
      field[i] = 0.5 * (across[i % SIZE] + down[i / SIZE]);
    }
    return field;
  }

  private static double[] noise(Random random, int length, int step) {
    double[] knots = new double[length / step + 3];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = random.nextDouble() * 2 - 1;
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      int k = i / step;
      double f = i % step / (double) step;
      f = f * f * (3 - 2 * f);
      values[i] = knots[k] * (1 - f) + knots[k + 1] * f;
    }
    return values;
  }

  private static void clutter(BufferedImage image, Random random) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int things = 12 + random.nextInt(30);
    for (int i = 0; i < things; i++) {
      AffineTransform before = g.getTransform();
      g.translate(random.nextInt(SIZE), random.nextInt(SIZE));
      g.rotate(random.nextDouble() * Math.PI);
      g.setColor(
          Color.getHSBColor(random.nextFloat(), random.nextFloat() * 0.7f, random.nextFloat()));
      int size = 30 + random.nextInt(250);
      switch (random.nextInt(5)) {
        case 0 -> g.fillRect(0, 0, size, size * 2 / 3);
        case 1 -> g.fillOval(0, 0, size / 2, size / 2);
        case 2 -> {
          g.setStroke(
              new BasicStroke(
                  6 + random.nextInt(14), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
          g.drawLine(0, 0, 2 * size, 0);
        }
        case 3 -> {
          g.setStroke(new BasicStroke(5 + random.nextInt(6)));
          g.drawArc(0, 0, 2 * size, size, 0, 200);
        }
        default -> {
          int grey = 200 + random.nextInt(50);
          g.setColor(new Color(grey, grey, grey));
          g.fillRect(0, 0, size, (int) (size * 1.4));
          g.setColor(Color.GRAY);
          for (int y = 12; y < size * 1.3; y += 12) {
            g.drawLine(8, y, size - 8, y);
          }
        }
      }
      g.setTransform(before);
    }
    g.dispose();
  }
}
