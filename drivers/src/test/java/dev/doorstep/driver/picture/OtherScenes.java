package dev.doorstep.driver.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Pictures of pages made in another way than {@link PageScenes}, to tell whether the finder knows
 * pages or only those: desks of fractal noise, tiles and checks, coloured ones too; pages that
 * throw a shadow of their own, with dark heads, photos, frames; cards, receipts; fingers, clips and
 * second sheets; seen by a lens with a dark rim, packed as JPEG. Every sixth has no page.
 */
final class OtherScenes {
  private static final double[][] SIZES = {
    {210, 297}, {297, 210}, {85.6, 54}, {176, 125}, {148, 210}, {80, 200}
  };
  private static final int[] OFTEN = {0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 5};
  private static final int CARD = 2;
  private static final int RECEIPT = 5;

  private final Random random;
  private final double width;
  private final double height;
  private final double radius;
  private final boolean page;
  private final double paper;
  private final double[] tint = {1, 1, 1};
  private final OtherDesk desk;
  private final OtherPrint print;
  private final OtherThings things;
  private final double shade;
  private final double throwX;
  private final double throwY;
  private final int format;

  private OtherScenes(long seed) {
    random = new Random(seed * 104_729 + 5);
    random.nextDouble();
    page = seed % 6 != 5;
    format = OFTEN[random.nextInt(OFTEN.length)];
    width = SIZES[format][0];
    height = SIZES[format][1];
    radius = format == CARD ? 3.18 : 0; // ISO/IEC 7810
    paper = 0.72 + 0.24 * random.nextDouble();
    double contrast = 0.06 + 0.56 * Math.pow(random.nextDouble(), 1.3);
    if (random.nextInt(4) == 0) {
      tint[2] = 0.8 + 0.2 * random.nextDouble();
      tint[random.nextInt(3)] = 0.85 + 0.15 * random.nextDouble();
    }
    OtherDesk.Kind[] grounds = OtherDesk.Kind.values();
    desk =
        new OtherDesk(random, grounds[random.nextInt(grounds.length)], paper - contrast, contrast);
    print = new OtherPrint(random, printed(), width, height);
    OtherThings lying = OtherThings.random(random, width, height, paper);
    things = page ? lying : OtherThings.none();
    shade = 0.05 + 0.35 * random.nextDouble();
    throwX = (random.nextDouble() - 0.5) * 8;
    throwY = (random.nextDouble() - 0.5) * 8;
  }

  private OtherPrint.Kind printed() {
    return switch (format) {
      case CARD -> OtherPrint.Kind.CARD;
      case RECEIPT -> OtherPrint.Kind.RECEIPT;
      default -> OtherPrint.SHEETS.get(random.nextInt(OtherPrint.SHEETS.size()));
    };
  }

  static PageScenes.Scene scene(long seed) throws IOException {
    return new OtherScenes(seed).make(seed);
  }

  private PageScenes.Scene make(long seed) throws IOException {
    boolean upright = height > width && random.nextInt(3) == 0;
    int longer = 1600 + random.nextInt(500);
    int wide = upright ? longer * 3 / 4 : longer;
    int high = upright ? longer : longer * 3 / 4;
    double share =
        format == RECEIPT ? 0.12 + 0.12 * random.nextDouble() : 0.35 + 0.5 * random.nextDouble();
    PlaneView.Wish wish = new PlaneView.Wish(share, 23, random.nextInt(10) == 0);
    PlaneView view = PlaneView.random(random, wide, high, width, height, wish);
    BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = Canvas.bytes(image);
    render(view, bytes);
    PageScenes.blur(bytes, wide, high, random.nextDouble() * 1.6);
    byte[] jpeg = JpegEncoder.encode(image, 70 + random.nextInt(25), Optional.empty());
    BufferedImage packed = PictureDecoder.plain(ImageIO.read(new ByteArrayInputStream(jpeg)));
    double[][] corners = page ? view.corners(width, height) : new double[0][];
    String traits =
        "other %d: %s texture %.0f print %s paper %.0f size %.0fx%.0f share %.2f %s"
            .formatted(
                seed,
                desk.kind(),
                255 * desk.strength(),
                page ? print.kind() : "none",
                255 * paper,
                width,
                height,
                share,
                things);
    return new PageScenes.Scene(packed, corners, traits);
  }

  private void render(PlaneView view, byte[] bytes) {
    double[] m = view.toPlane();
    double sx = random.nextDouble() * view.width();
    double sy = random.nextDouble() * view.height();
    double sa = random.nextDouble() * 6.28;
    double soft = random.nextBoolean() ? 3 : view.width() * 0.2;
    double dark = random.nextInt(3) == 0 ? 0 : 0.1 + 0.3 * random.nextDouble();
    double noise = 6.0 / 255 * random.nextDouble();
    double[] sum = new double[3];
    double[] rgb = new double[3];
    int at = 0;
    for (int y = 0; y < view.height(); y++) {
      for (int x = 0; x < view.width(); x++) {
        java.util.Arrays.fill(sum, 0);
        for (int k = -1; k <= 1; k += 2) {
          double px = x + 0.25 * k;
          double py = y + ((x & 1) == 0 ? 0.25 : -0.25) * k;
          double w = m[6] * px + m[7] * py + m[8];
          colour((m[0] * px + m[1] * py + m[2]) / w, (m[3] * px + m[4] * py + m[5]) / w, rgb);
          for (int c = 0; c < 3; c++) {
            sum[c] += rgb[c] / 2;
          }
        }
        double dx = (x - view.width() / 2.0) / view.width();
        double dy = (y - view.height() / 2.0) / view.width();
        double light = 1.05 - 0.35 * (dx * dx + dy * dy) * 2;
        double d = ((x - sx) * Math.cos(sa) + (y - sy) * Math.sin(sa)) / soft;
        light *= 1 - dark / (1 + Math.exp(-4 * d));
        for (int c = 2; c >= 0; c--) {
          double value = sum[c] * light + noise * random.nextGaussian();
          bytes[at++] = (byte) Math.max(0, Math.min(255, value * 255));
        }
      }
    }
  }

  private void colour(double u, double v, double[] rgb) {
    if (things.over(u, v, rgb)) {
      return;
    }
    if (page && past(u, v) < 0) {
      for (int c = 0; c < 3; c++) {
        rgb[c] = paper * tint[c];
      }
      print.at(u / width + 0.5, v / height + 0.5, rgb);
      return;
    }
    if (!things.under(u, v, rgb)) {
      desk.at(u, v, rgb);
    }
    double near = page ? Math.max(0, 1 - Math.max(0, past(u - throwX, v - throwY)) / 6) : 0;
    for (int c = 0; c < 3; c++) {
      rgb[c] *= 1 - shade * near;
    }
  }

  /** How far it is outside of the page, in millimetres; negative inside. */
  private double past(double u, double v) {
    double a = Math.abs(u) - width / 2 + radius;
    double b = Math.abs(v) - height / 2 + radius;
    double far = a > 0 && b > 0 ? Math.hypot(a, b) : Math.max(a, b);
    return far - radius;
  }
}
