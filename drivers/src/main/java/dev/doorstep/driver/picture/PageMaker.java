package dev.doorstep.driver.picture;

import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument.FoundCode;
import dev.doorstep.protocol.operation.CapturedDocument.FoundPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Makes of a picture the page that was ordered: one step after the other. */
final class PageMaker {
  /** Less than this turns no letter to the eye. */
  private static final double LEVEL = 0.05;

  private final Order order;

  PageMaker(Order order) {
    this.order = order;
  }

  /**
   * A page that is done.
   *
   * @param jpeg its bytes, if it stayed as it came
   * @param size its true size, where it is known
   * @param found what was found of it in the raw picture, if it was looked for
   */
  record Made(
      BufferedImage picture,
      Optional<byte[]> jpeg,
      Optional<PageSize> size,
      Optional<FoundPage> found,
      List<FoundCode> codes) {}

  Made make(InputStream bytes, PictureSource.View view, int dpi) throws IOException, Refusal {
    PictureDecoder.Decoded decoded = PictureDecoder.decode(bytes);
    BufferedImage raw = decoded.picture();
    int upright = decoded.upright();
    Optional<Quad> page = Optional.empty();
    boolean camera = view == PictureSource.View.CAMERA;
    if (camera || order.crop()) {
      page = PageFinder.find(raw).map(quad -> quad.upright(upright));
    }
    Optional<FoundPage> found =
        camera || order.crop() ? Optional.of(told(page, decoded)) : Optional.empty();
    List<FoundCode> codes = order.codes() ? CodeReader.read(raw) : List.of();
    // a JPEG says itself how it is to be shown; whoever shows a PDF or an OFD does not ask it
    boolean shown = decoded.asStored() || order.format() == CaptureDocument.Format.JPEG;
    if (order.untouched() && decoded.jpeg().isPresent() && shown) {
      return new Made(raw, decoded.jpeg(), PageSize.scanned(raw, dpi), found, codes);
    }
    Shape shape = shaped(decoded, page, dpi);
    BufferedImage picture = Warp.quarters(colored(shape.picture()), order.turns());
    Optional<PageSize> size =
        order.turns() % 2 == 1 ? shape.size().map(PageSize::lying) : shape.size();
    return new Made(picture, Optional.empty(), size, found, codes);
  }

  /** In pixels of the picture as it is stored. */
  private static FoundPage told(Optional<Quad> page, PictureDecoder.Decoded decoded) {
    int right = decoded.picture().getWidth() - 1;
    boolean mirrored = decoded.shown().mirrored();
    return page.map(
            quad ->
                new FoundPage(
                    true,
                    quad.corners().stream()
                        .map(p -> List.of(mirrored ? right - p.x() : p.x(), p.y()))
                        .toList(),
                    quad.turned(decoded.upright())))
        .orElse(FoundPage.NONE);
  }

  private record Shape(BufferedImage picture, Optional<PageSize> size) {}

  private Shape shaped(PictureDecoder.Decoded decoded, Optional<Quad> page, int dpi) {
    BufferedImage raw = decoded.picture();
    if (order.crop() && page.isPresent()) {
      return cropped(raw, page.get(), dpi);
    }
    BufferedImage upright = Warp.quarters(raw, decoded.upright());
    double skew = 0;
    if (order.deskew()) {
      skew = page.isPresent() ? page.get().turned(decoded.upright()) : TextSkew.of(upright);
    }
    BufferedImage level = Math.abs(skew) < LEVEL ? upright : Warp.turned(upright, -skew);
    return new Shape(level, PageSize.scanned(level, dpi));
  }

  private Shape cropped(BufferedImage raw, Quad page, int dpi) {
    double aspect = Perspective.aspect(page, raw.getWidth(), raw.getHeight());
    double width = Math.max(page.side(0), page.side(2));
    double height = Math.max(page.side(1), page.side(3));
    // as many pixels as the nearer end of the page has, and its true shape
    if (width / height > aspect) {
      height = width / aspect;
    } else {
      width = height * aspect;
    }
    Optional<PageSize> size =
        dpi > 0
            ? Optional.of(PageSize.of(width, height, dpi))
            : PageSize.guessed(width / height, order.card());
    double scale = 1;
    if (order.dpi() > 0 && size.isPresent()) {
      scale = Math.min(1, order.dpi() * size.get().inchesWide() / width);
    }
    scale =
        Math.min(scale, Math.sqrt(raw.getWidth() * (double) raw.getHeight() / (width * height)));
    BufferedImage from = raw;
    Quad quad = page;
    int step = (int) (1 / scale + 0.01);
    if (step > 1) {
      from = Shrink.by(raw, step);
      quad = page.scaled(1.0 / step);
    }
    int across = Math.max(1, (int) Math.round(width * scale));
    int down = Math.max(1, (int) Math.round(height * scale));
    return new Shape(Warp.page(from, quad, across, down), size);
  }

  private BufferedImage colored(BufferedImage picture) {
    BufferedImage result = picture;
    if (order.color() != CaptureDocument.Color.COLOR) {
      result = Gray.of(result);
    }
    if (order.clean() && order.color() != CaptureDocument.Color.BLACK_WHITE) {
      result = CleanBackground.of(result);
    }
    return order.color() == CaptureDocument.Color.BLACK_WHITE ? BlackWhite.of(result) : result;
  }
}
