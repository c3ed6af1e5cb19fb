package dev.doorstep.driver.ippprinter;

import com.hp.jipp.encoding.Attribute;
import com.hp.jipp.model.Types;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.paper.Form;
import dev.doorstep.driver.paper.Layout;
import dev.doorstep.driver.paper.MediaSize;
import dev.doorstep.driver.paper.SheetBack;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.PrintDocument.Color;
import dev.doorstep.protocol.operation.PrintDocument.Duplex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kotlin.ranges.IntRange;

/**
 * What is asked of a printer, and what is done to the document before: whatever the printer cannot
 * do itself is done here, or refused.
 *
 * @param layout what becomes of the document
 * @param format the document's form on the wire
 * @param attributes the job's attributes
 */
record JobTicket(Layout layout, String format, List<Attribute<?>> attributes) {
  private static final String MEDIA_IF_NONE = "iso_a4_210x297mm";
  private static final int FINEST_RENDERING = 600;

  /** Copies the list. */
  JobTicket {
    attributes = List.copyOf(attributes);
  }

  /**
   * The ticket for what is wanted.
   *
   * @param plain whether the document is a text that every printer knows the characters of
   * @throws DeviceException {@code UNSUPPORTED} if the printer cannot do all of it
   */
  static JobTicket of(PrintDocument wanted, PrinterDescription printer, boolean plain)
      throws DeviceException {
    Attributes offered = printer.attributes();
    String type = mimeType(wanted);
    boolean copies = wanted.copiesOrOne() == 1 || copies(offered, wanted.copiesOrOne());
    boolean pages = wanted.pages().isEmpty() || offered.isTrue("page-ranges-supported");
    boolean text = type.equals("text/plain");
    boolean asIs =
        printer.formats().contains(type)
            && copies
            && (text ? plain && wanted.pages().isEmpty() : pages);
    Form form = asIs ? Form.AS_IS : form(printer.formats(), type);
    boolean raster = form == Form.PWG_RASTER || form == Form.JPEG;

    List<Attribute<?>> attributes = new ArrayList<>();
    if (wanted.copiesOrOne() > 1 && copies) {
      attributes.add(Types.copies.of(wanted.copiesOrOne()));
    }
    if (form == Form.AS_IS && wanted.pages().isPresent()) {
      attributes.add(
          Types.pageRanges.of(
              wanted.pageRanges().stream().map(r -> new IntRange(r.first(), r.last())).toList()));
    }
    addSides(wanted.duplex(), offered, attributes);
    addMedia(wanted.media(), offered, attributes);
    if (wanted.color().isPresent()) {
      addColor(wanted.color().get(), raster, offered, attributes);
    }
    String media = wanted.media().orElse(offered.text("media-default").orElse(MEDIA_IF_NONE));
    Layout layout =
        new Layout(
            form,
            wanted.pageRanges(),
            copies ? 1 : wanted.copiesOrOne(),
            wanted.duplex(),
            MediaSize.of(media).or(() -> MediaSize.of(MEDIA_IF_NONE)).orElseThrow(),
            dpi(offered, form),
            gray(wanted, offered, form),
            SheetBack.of(offered.text("pwg-raster-document-sheet-back").orElse("normal")));
    return new JobTicket(layout, form == Form.AS_IS ? type : form.contentType(), attributes);
  }

  /** The document's type without its parameters. */
  static String mimeType(PrintDocument wanted) {
    String type = wanted.content().contentType();
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private static Form form(Set<String> formats, String type) throws DeviceException {
    for (Form form : List.of(Form.PDF, Form.PWG_RASTER, Form.JPEG)) {
      if (formats.contains(form.contentType())) {
        return form;
      }
    }
    throw unsupported("takes neither " + type + " nor anything that it can be made into");
  }

  private static boolean copies(Attributes offered, int copies) {
    return offered.contains("copies-supported", copies);
  }

  private static void addSides(Duplex duplex, Attributes offered, List<Attribute<?>> attributes)
      throws DeviceException {
    String sides =
        switch (duplex) {
          case ONE_SIDED -> "one-sided";
          case LONG_EDGE -> "two-sided-long-edge";
          case SHORT_EDGE -> "two-sided-short-edge";
        };
    if (offered.texts("sides-supported").contains(sides)) {
      attributes.add(Types.sides.of(sides));
    } else if (duplex != Duplex.ONE_SIDED) {
      throw unsupported("does not print " + sides);
    }
  }

  private static void addMedia(
      Optional<String> media, Attributes offered, List<Attribute<?>> attributes)
      throws DeviceException {
    if (media.isPresent()) {
      if (!offered.texts("media-supported").contains(media.get())) {
        throw unsupported("does not print on " + media.get());
      }
      attributes.add(Types.media.of(media.get()));
    }
  }

  private static void addColor(
      Color color, boolean raster, Attributes offered, List<Attribute<?>> attributes)
      throws DeviceException {
    String mode = color == Color.GRAY ? "monochrome" : "color";
    boolean always = color == Color.GRAY && offered.isFalse("color-supported");
    if (offered.texts("print-color-mode-supported").contains(mode)) {
      attributes.add(Types.printColorMode.of(mode));
    } else if (!always && !(raster && color == Color.GRAY)) {
      throw unsupported("does not print in " + mode);
    }
  }

  /** The finest that it takes and that is not finer than needed, or the coarsest. */
  private static int dpi(Attributes offered, Form form) {
    if (form != Form.PWG_RASTER) {
      return Layout.FINEST;
    }
    List<Integer> all =
        offered.resolutions("pwg-raster-document-resolution-supported").stream().sorted().toList();
    return all.stream()
        .filter(dpi -> dpi == Layout.FINEST)
        .findFirst()
        .or(() -> all.stream().filter(dpi -> dpi <= FINEST_RENDERING).reduce((a, b) -> b))
        .or(() -> all.stream().findFirst())
        .orElse(Layout.FINEST);
  }

  private static boolean gray(PrintDocument wanted, Attributes offered, Form form)
      throws DeviceException {
    boolean gray = wanted.color().filter(color -> color == Color.GRAY).isPresent();
    if (form != Form.PWG_RASTER) {
      return gray;
    }
    List<String> types = offered.texts("pwg-raster-document-type-supported");
    boolean color = types.contains("srgb_8");
    if (!color && !types.contains("sgray_8")) {
      throw unsupported("takes no raster of eight bits");
    }
    return types.contains("sgray_8") && (gray || !color);
  }

  private static DeviceException unsupported(String what) {
    return new DeviceException(ErrorCode.UNSUPPORTED, "the printer " + what);
  }
}
