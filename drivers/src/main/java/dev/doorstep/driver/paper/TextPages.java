package dev.doorstep.driver.paper;

import dev.doorstep.protocol.ErrorCode;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.AttributedString;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A text, set in a font of this machine, as pages of black dots: so the printer needs no font, and
 * no font is too large or of the wrong kind to travel along.
 */
final class TextPages {
  private static final int DPI = 300;
  private static final int MARGIN = 15_000;
  private static final float SIZE = 10.5f * DPI / 72;
  private static final int LONGEST_TEXT = 1 << 20;

  /** Each takes a tenth of a second and more to be set. */
  private static final int MOST_PAGES = 100;

  private static final String TAB = "        ";

  /** Those in which columns stand below each other come first; each is asked for what it lacks. */
  private static final List<String> FAMILIES =
      List.of(
          "Noto Sans Mono CJK SC",
          "Noto Sans CJK SC",
          "Source Han Sans SC",
          "WenQuanYi Zen Hei Mono",
          "WenQuanYi Micro Hei",
          "NSimSun",
          "Microsoft YaHei",
          Font.MONOSPACED,
          Font.DIALOG);

  private final PDDocument document = new PDDocument();
  private final MediaSize media;
  private final List<Font> fonts;
  private final FontRenderContext context = new FontRenderContext(null, true, true);
  private final int margin = MediaSize.dots(MARGIN, DPI);
  private BufferedImage page;
  private float y;

  private TextPages(MediaSize media) {
    this.media = media;
    this.fonts =
        FAMILIES.stream()
            .map(family -> new Font(family, Font.PLAIN, 1).deriveFont(SIZE))
            .flatMap(font -> FAMILIES.contains(font.getFamily()) ? Stream.of(font) : Stream.of())
            .toList();
    this.page = blank();
  }

  /**
   * Sets a text.
   *
   * @throws Refusal if it is not in UTF-8, too long, or has a character that no font here has
   */
  static PDDocument document(byte[] bytes, MediaSize media) throws IOException {
    if (bytes.length > LONGEST_TEXT) {
      throw new Refusal(ErrorCode.DOCUMENT_TOO_LARGE, "a text of more than 1 MB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(ErrorCode.BAD_DOCUMENT, "the text is not in UTF-8");
    }
    TextPages pages = new TextPages(media);
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String[] sheets = plain.split("\f", -1);
    if (sheets.length > MOST_PAGES) { // told before any of them is set
      throw tooManyPages();
    }
    for (int i = 0; i < sheets.length; i++) {
      if (i > 0) {
        pages.turn();
      }
      int number = 0;
      for (String line : sheets[i].lines().toList()) {
        pages.set(line.replace("\t", TAB), ++number);
      }
    }
    pages.turn();
    return pages.document;
  }

  private void set(String line, int number) throws IOException {
    if (line.isBlank()) {
      y += SIZE * 1.4f;
      return;
    }
    LineBreakMeasurer measurer = new LineBreakMeasurer(styled(line, number).getIterator(), context);
    float width = page.getWidth() - 2f * margin;
    while (measurer.getPosition() < line.length()) {
      TextLayout layout = measurer.nextLayout(width);
      float height = layout.getAscent() + layout.getDescent();
      if (y + height > page.getHeight() - 2f * margin) {
        turn();
      }
      Graphics2D graphics = page.createGraphics();
      graphics.setColor(Color.BLACK);
      layout.draw(graphics, margin, margin + y + layout.getAscent());
      graphics.dispose();
      y += Math.max(height, SIZE * 1.4f);
    }
  }

  /** The line, each part of it in the first font that has its characters. */
  private AttributedString styled(String line, int number) {
    AttributedString styled = new AttributedString(line);
    for (int at = 0; at < line.length(); ) {
      int length = Character.charCount(line.codePointAt(at));
      styled.addAttribute(TextAttribute.FONT, font(line.codePointAt(at), number), at, at + length);
      at += length;
    }
    return styled;
  }

  private Font font(int character, int line) {
    return fonts.stream()
        .filter(font -> font.canDisplay(character))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.INVALID_PARAMETERS,
                    "line %d has a character that no font here has; install fonts-noto-cjk"
                        .formatted(line)));
  }

  private void turn() throws IOException {
    if (document.getNumberOfPages() >= MOST_PAGES) {
      throw tooManyPages();
    }
    PDRectangle sheet =
        new PDRectangle(
            (float) MediaSize.points(media.width()), (float) MediaSize.points(media.height()));
    PDPage added = new PDPage(sheet);
    document.addPage(added);
    PDImageXObject image = CCITTFactory.createFromImage(document, page);
    try (PDPageContentStream content = new PDPageContentStream(document, added)) {
      content.drawImage(image, 0, 0, sheet.getWidth(), sheet.getHeight());
    }
    page = blank();
    y = 0;
  }

  private static Refusal tooManyPages() {
    return new Refusal(
        ErrorCode.DOCUMENT_TOO_LARGE, "a text of more than " + MOST_PAGES + " pages");
  }

  private BufferedImage blank() {
    BufferedImage blank =
        new BufferedImage(
            MediaSize.dots(media.width(), DPI),
            MediaSize.dots(media.height(), DPI),
            BufferedImage.TYPE_BYTE_BINARY);
    Graphics2D graphics = blank.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, blank.getWidth(), blank.getHeight());
    graphics.dispose();
    return blank;
  }
}
