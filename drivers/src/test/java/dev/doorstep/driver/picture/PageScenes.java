package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.util.List;
import java.util.Random;

/**
 * Pictures of pages with known corners, as a document camera takes them: what the issue demands,
 * made from a seed alone.
 */
final class PageScenes {
  private static final List<Desk> DESKS = List.of(Desk.values());
  private static final int[] NOISE = noise();

  private PageScenes() {}

  /**
   * A picture and what is true of it.
   *
   * @param corners clockwise from the upright page's top left, in pixels
   * @param traits what it was made of, for the report of a failure
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Scene(BufferedImage picture, double[][] corners, String traits) {}

  static Scene scene(long seed) {
    return scene(seed, 2 + 11 * new Random(seed * 0x9E3779B97F4A7C15L ^ seed >>> 3).nextDouble());
  }

  static Scene scene(long seed, double megapixels) {
    Random random = new Random(seed * 7919 + 13);
    random.nextInt();
    boolean wide = random.nextInt(10) < 7;
    double ratio = random.nextBoolean() ? 4 / 3.0 : 3 / 2.0;
    int longer = (int) Math.round(Math.sqrt(megapixels * 1e6 * ratio));
    int shorter = (int) Math.round(longer / ratio);
    int width = wide ? longer : shorter;
    int height = wide ? shorter : longer;

    double contrast =
        random.nextInt(4) == 0
            ? 12 + 8 * random.nextDouble()
            : 12 + 140 * Math.pow(random.nextDouble(), 1.5);
    Desk desk = DESKS.get(random.nextInt(DESKS.size()));
    boolean white = desk == Desk.PLAIN && random.nextBoolean();
    int paper = 205 + random.nextInt(45);
    int grey = (int) (paper - contrast);
    if (white) {
      contrast = 12 + 12 * random.nextDouble();
      grey =
          (int)
              (random.nextBoolean() && paper + contrast < 252
                  ? paper + contrast
                  : paper - contrast);
    }
    double texture =
        desk == Desk.PLAIN ? 3 * random.nextDouble() : contrast * (0.1 + 0.5 * random.nextDouble());
    texture = Math.min(texture, 30);
    if (desk != Desk.PLAIN && random.nextInt(5) == 0) {
      texture = 6 + 24 * random.nextDouble(); // stronger, maybe, than the step from page to desk
    }
    PrintedPage page = PrintedPage.random(random, paper, contrast > 30);
    // upright pages in upright pictures, mostly: others cannot cover 90 % of them
    if (random.nextInt(4) > 0 && wide != page.millimetresWide() > page.millimetresHigh()) {
      int swapped = width;
      width = height;
      height = swapped;
    }
    BufferedImage ground = desk.draw(random, grey, texture);
    boolean outside = random.nextInt(10) == 0;
    double share = 0.35 + 0.55 * random.nextDouble();
    PlaneView view =
        PlaneView.random(
            random,
            width,
            height,
            page.millimetresWide(),
            page.millimetresHigh(),
            new PlaneView.Wish(share, 25, outside));
    double[][] corners = view.corners(page.millimetresWide(), page.millimetresHigh());

    Light light = Light.random(random, width, height);
    double sigma = random.nextDouble() * 8;
    double blur = random.nextDouble() * 2;
    byte[] bytes = render(view, page, ground, light);
    blur(bytes, width, height, blur);
    grain(bytes, sigma, random);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    System.arraycopy(
        bytes,
        0,
        ((DataBufferByte) picture.getRaster().getDataBuffer()).getData(),
        0,
        bytes.length);
    String traits =
        "%d: %s %dx%d contrast %.0f texture %.0f share %.2f%s noise %.1f blur %.1f %s"
            .formatted(
                seed,
                desk,
                width,
                height,
                contrast,
                texture,
                share,
                outside ? " corner outside" : "",
                sigma,
                blur,
                light);
    return new Scene(picture, corners, traits);
  }

  /** A soft slope over the picture, and shadows with soft or hard edges. */
  @SuppressWarnings("ArrayRecordComponent")
  record Light(double[] slope, double[][] shadows) {
    static Light random(Random random, int width, int height) {
      double[] slope = {
        (random.nextDouble() - 0.5) * 0.3 / width, (random.nextDouble() - 0.5) * 0.3 / height
      };
      int kind = random.nextInt(4); // none, soft, hard, both
      int count = kind == 3 ? 2 : kind == 0 ? 0 : 1;
      double[][] shadows = new double[count][];
      for (int i = 0; i < count; i++) {
        boolean hard = kind == 2 || i == 1;
        double angle = random.nextDouble() * 2 * Math.PI;
        double x = width * (0.2 + 0.6 * random.nextDouble());
        double y = height * (0.2 + 0.6 * random.nextDouble());
        double diagonal = Math.hypot(width, height);
        double edge =
            hard ? 1.5 + 4 * random.nextDouble() : diagonal * (0.05 + 0.2 * random.nextDouble());
        double band =
            random.nextBoolean() ? diagonal : diagonal * (0.1 + 0.2 * random.nextDouble());
        shadows[i] =
            new double[] {
              Math.cos(angle), Math.sin(angle), x, y, edge, 0.1 + 0.4 * random.nextDouble(), band
            };
      }
      return new Light(slope, shadows);
    }

    float at(int x, int y, int width, int height) {
      double light = 1 + slope[0] * (x - width / 2.0) + slope[1] * (y - height / 2.0);
      for (double[] s : shadows) {
        double d = (x - s[2]) * s[0] + (y - s[3]) * s[1];
        double in = smooth(d / s[4] + 0.5) * (1 - smooth((d - s[6]) / s[4] + 0.5));
        light *= 1 - s[5] * in;
      }
      return (float) light;
    }

    private static double smooth(double t) {
      return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("shadows");
      for (double[] s : shadows) {
        text.append(s[4] < 6 ? " hard %.2f".formatted(s[5]) : " soft %.2f".formatted(s[5]));
      }
      return text.toString();
    }
  }

  private static byte[] render(
      PlaneView view, PrintedPage page, BufferedImage ground, Light light) {
    int width = view.width();
    int height = view.height();
    byte[] out = new byte[width * height * 3];
    double[] m = view.toPlane();
    double pw = page.millimetresWide() / 2;
    double ph = page.millimetresHigh() / 2;
    int[] print = ((DataBufferInt) page.print().getRaster().getDataBuffer()).getData();
    int[] desk = ((DataBufferInt) ground.getRaster().getDataBuffer()).getData();
    int printWidth = page.print().getWidth();
    int printHeight = page.print().getHeight();
    double deskScale = Desk.SIZE / (4 * Math.max(pw, ph) * 1.6);
    int[] rgb = new int[3];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double w = m[6] * x + m[7] * y + m[8];
        double u = (m[0] * x + m[1] * y + m[2]) / w;
        double v = (m[3] * x + m[4] * y + m[5]) / w;
        double u2 = (m[0] * (x + 1) + m[1] * y + m[2]) / (w + m[6]);
        double v2 = (m[3] * (x + 1) + m[4] * y + m[5]) / (w + m[6]);
        double step = Math.hypot(u2 - u, v2 - v);
        double inside = Math.min(pw - Math.abs(u), ph - Math.abs(v)) / step + 0.5;
        double cover = inside <= 0 ? 0 : inside >= 1 ? 1 : inside;
        int r = 0;
        int g = 0;
        int b = 0;
        if (cover > 0) {
          sample(
              print,
              printWidth,
              printHeight,
              (u + pw) / (2 * pw) * printWidth - 0.5,
              (v + ph) / (2 * ph) * printHeight - 0.5,
              false,
              rgb);
          r = rgb[0];
          g = rgb[1];
          b = rgb[2];
        }
        if (cover < 1) {
          sample(
              desk,
              Desk.SIZE,
              Desk.SIZE,
              u * deskScale + Desk.SIZE / 2.0,
              v * deskScale + Desk.SIZE / 2.0,
              true,
              rgb);
          r = (int) (r * cover + rgb[0] * (1 - cover));
          g = (int) (g * cover + rgb[1] * (1 - cover));
          b = (int) (b * cover + rgb[2] * (1 - cover));
        }
        float l = light.at(x, y, width, height);
        out[at++] = (byte) Math.min(255, (int) (b * l));
        out[at++] = (byte) Math.min(255, (int) (g * l));
        out[at++] = (byte) Math.min(255, (int) (r * l));
      }
    }
    return out;
  }

  private static void sample(
      int[] pixels, int width, int height, double x, double y, boolean wrap, int[] rgb) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    int fx = (int) ((x - x0) * 256);
    int fy = (int) ((y - y0) * 256);
    int x1 = x0 + 1;
    int y1 = y0 + 1;
    if (wrap) {
      x0 = mirror(x0, width);
      x1 = mirror(x1, width);
      y0 = mirror(y0, height);
      y1 = mirror(y1, height);
    } else {
      x0 = Math.max(0, Math.min(width - 1, x0));
      x1 = Math.max(0, Math.min(width - 1, x1));
      y0 = Math.max(0, Math.min(height - 1, y0));
      y1 = Math.max(0, Math.min(height - 1, y1));
    }
    int a = pixels[y0 * width + x0];
    int b = pixels[y0 * width + x1];
    int c = pixels[y1 * width + x0];
    int d = pixels[y1 * width + x1];
    for (int i = 0; i < 3; i++) {
      int shift = 16 - 8 * i;
      int top = ((a >> shift) & 255) * (256 - fx) + ((b >> shift) & 255) * fx;
      int bottom = ((c >> shift) & 255) * (256 - fx) + ((d >> shift) & 255) * fx;
      rgb[i] = (top * (256 - fy) + bottom * fy) >> 16;
    }
  }

  private static int mirror(int at, int size) {
    int m = Math.floorMod(at, 2 * size);
    return m < size ? m : 2 * size - 1 - m;
  }

  /** A three-fold box, which is near to a Gaussian of that deviation. */
  static void blur(byte[] bytes, int width, int height, double sigma) {
    int radius = (int) Math.round(Math.sqrt(sigma * sigma * 12 / 2 + 1) / 2 - 0.5);
    for (int times = 0; times < 2 && radius > 0; times++) {
      int n = 2 * radius + 1;
      byte[] row = new byte[width * 3];
      for (int y = 0; y < height; y++) {
        System.arraycopy(bytes, y * width * 3, row, 0, row.length);
        for (int c = 0; c < 3; c++) {
          int sum = 0;
          for (int k = -radius; k <= radius; k++) {
            sum += row[clamp(k, width) * 3 + c] & 255;
          }
          for (int x = 0; x < width; x++) {
            bytes[(y * width + x) * 3 + c] = (byte) (sum / n);
            sum +=
                (row[clamp(x + radius + 1, width) * 3 + c] & 255)
                    - (row[clamp(x - radius, width) * 3 + c] & 255);
          }
        }
      }
      byte[][] old = new byte[n][];
      int[] sums = new int[width * 3];
      for (int k = -radius; k <= radius; k++) {
        byte[] r = row(bytes, width, Math.min(height - 1, Math.max(0, k)));
        old[k + radius] = r;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += r[i] & 255;
        }
      }
      int oldest = 0;
      for (int y = 0; y < height; y++) {
        int base = y * width * 3;
        for (int i = 0; i < sums.length; i++) {
          bytes[base + i] = (byte) (sums[i] / n);
        }
        byte[] next = row(bytes, width, Math.min(height - 1, y + radius + 1));
        byte[] gone = old[oldest];
        for (int i = 0; i < sums.length; i++) {
          sums[i] += (next[i] & 255) - (gone[i] & 255);
        }
        old[oldest] = next;
        oldest = (oldest + 1) % n;
      }
    }
  }

  private static int clamp(int at, int size) {
    return Math.max(0, Math.min(size - 1, at));
  }

  private static byte[] row(byte[] bytes, int width, int y) {
    byte[] row = new byte[width * 3];
    System.arraycopy(bytes, y * width * 3, row, 0, row.length);
    return row;
  }

  private static void grain(byte[] bytes, double sigma, Random random) {
    long state = random.nextLong() | 1;
    int strength = (int) (sigma * 256);
    for (int i = 0; i < bytes.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      int value = (bytes[i] & 255) + ((NOISE[(int) (state & 0xFFFF)] * strength) >> 16);
      bytes[i] = (byte) Math.max(0, Math.min(255, value));
    }
  }

  private static int[] noise() {
    Random random = new Random(4711);
    int[] noise = new int[65536];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (int) (random.nextGaussian() * 256);
    }
    return noise;
  }
}
