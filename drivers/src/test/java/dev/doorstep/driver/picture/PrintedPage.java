package dev.doorstep.driver.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/** A printed page of generated words: letters, forms, tables, dark heads, pictures, red seals. */
record PrintedPage(BufferedImage print, double millimetresWide, double millimetresHigh) {
  private static final String WORDS = "居民服务窗口申请材料姓名住址社区事务受理中心办理登记证明复印件原件日期签字盖章电话备注无";

  static PrintedPage random(Random random, int paper, boolean tinted) {
    double[][] sizes = {{210, 297}, {297, 210}, {148, 210}, {215.9, 279.4}, {182, 257}};
    double[] size = sizes[random.nextInt(10) < 6 ? 0 : random.nextInt(sizes.length)];
    int width = (int) (size[0] * 5);
    int height = (int) (size[1] * 5);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int tint = tinted ? random.nextInt(16) : 0;
    g.setColor(new Color(paper, paper, Math.max(0, paper - tint)));
    g.fillRect(0, 0, width, height);
    int kind = random.nextInt(6);
    if (kind == 1) {
      head(g, random, width, height);
    }
    if (kind == 2) {
      table(g, random, width, height);
    } else {
      text(g, random, width, height, kind == 5);
    }
    if (kind == 3) {
      picture(g, random, width, height);
    }
    if (kind == 4 || random.nextInt(4) == 0) {
      seal(g, random, width, height);
    }
    g.dispose();
    return new PrintedPage(image, size[0], size[1]);
  }

  /** A4 full of text, at five dots for a millimetre. */
  static BufferedImage letter(Random random, int paper) {
    BufferedImage image = new BufferedImage(1050, 1485, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(paper, paper, paper));
    g.fillRect(0, 0, 1050, 1485);
    text(g, random, 1050, 1485, false);
    g.dispose();
    return image;
  }

  private static void text(Graphics2D g, Random random, int width, int height, boolean sparse) {
    int size = 18 + random.nextInt(16);
    g.setFont(new Font(random.nextBoolean() ? "Noto Sans CJK SC" : "SansSerif", Font.PLAIN, size));
    int ink = random.nextInt(70);
    g.setColor(new Color(ink, ink, ink));
    int margin = width / 14 + random.nextInt(width / 10);
    int columns = Math.max(4, (width - 2 * margin) / size);
    int left = sparse ? 8 : 1000;
    for (int y = margin + size; y < height - margin && left > 0; y += (int) (size * 1.7)) {
      if (random.nextInt(8) == 0) {
        continue;
      }
      left--;
      StringBuilder line = new StringBuilder();
      int length = random.nextInt(4) == 0 ? 1 + random.nextInt(columns) : columns;
      for (int i = 0; i < length; i++) {
        line.append(WORDS.charAt(random.nextInt(WORDS.length())));
      }
      g.drawString(line.toString(), margin, y);
    }
  }

  private static void head(Graphics2D g, Random random, int width, int height) {
    g.setColor(Color.getHSBColor(random.nextFloat(), 0.7f, 0.2f + 0.5f * random.nextFloat()));
    int inset = random.nextBoolean() ? 0 : width / 20;
    g.fillRect(inset, inset, width - 2 * inset, height / 12 + random.nextInt(height / 10));
  }

  private static void table(Graphics2D g, Random random, int width, int height) {
    int margin = width / 16 + random.nextInt(width / 12);
    g.setStroke(new BasicStroke(2 + random.nextInt(4)));
    g.setColor(Color.DARK_GRAY);
    int rows = 4 + random.nextInt(20);
    int columns = 2 + random.nextInt(5);
    int rowHeight = (height - 2 * margin) / rows;
    int columnWidth = (width - 2 * margin) / columns;
    g.drawRect(margin, margin, columns * columnWidth, rows * rowHeight);
    g.setFont(new Font("Noto Sans CJK SC", Font.PLAIN, 22));
    for (int r = 0; r < rows; r++) {
      g.drawLine(
          margin, margin + r * rowHeight, margin + columns * columnWidth, margin + r * rowHeight);
      for (int c = 0; c < columns; c++) {
        g.drawString(
            WORDS.substring(random.nextInt(30)).substring(0, 4),
            margin + c * columnWidth + 8,
            margin + r * rowHeight + 28);
      }
    }
    for (int c = 0; c < columns; c++) {
      int x = margin + c * columnWidth;
      g.drawLine(x, margin, x, margin + rows * rowHeight);
    }
  }

  private static void picture(Graphics2D g, Random random, int width, int height) {
    int w = width / 4 + random.nextInt(width / 2);
    int h = height / 6 + random.nextInt(height / 3);
    int x = random.nextInt(width - w);
    int y = random.nextInt(height - h);
    g.setPaint(
        new GradientPaint(
            x,
            y,
            new Color(random.nextInt(0xFFFFFF)),
            x + w,
            y + h,
            new Color(random.nextInt(0xFFFFFF))));
    g.fillRect(x, y, w, h);
    for (int i = 0; i < 12; i++) {
      g.setColor(new Color(random.nextInt(0xFFFFFF)));
      g.fillOval(x + random.nextInt(w), y + random.nextInt(h), w / 8, Math.min(h / 8, w / 10));
    }
  }

  private static void seal(Graphics2D g, Random random, int width, int height) {
    g.setColor(new Color(200, 30, 40));
    g.setStroke(new BasicStroke(7));
    int size = width / 5;
    int x = random.nextInt(width - size);
    int y = height / 2 + random.nextInt(height / 2 - size);
    g.drawOval(x, y, size, size);
    g.setFont(new Font("Noto Sans CJK SC", Font.BOLD, size / 4));
    g.drawString("印章", x + size / 4, y + size * 6 / 10);
  }
}
