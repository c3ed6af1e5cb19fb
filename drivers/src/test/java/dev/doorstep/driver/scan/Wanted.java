package dev.doorstep.driver.scan;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CaptureDocument.Layout;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Captures that tests want. */
public final class Wanted {
  private Wanted() {}

  public static CaptureDocument flat(Format format, int dpi, Color color) {
    return of(format, Source.FLAT, Optional.empty(), Optional.of(dpi), color);
  }

  public static CaptureDocument fed(Format format, Optional<Integer> pages) {
    return of(format, Source.FEEDER, pages, Optional.of(50), Color.COLOR);
  }

  /** What a center may ask for, as it does. */
  public static CaptureDocument json(String parameters) {
    try {
      return Codec.read(CaptureDocument.class, parameters.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidMessageException e) {
      throw new IllegalArgumentException(parameters, e);
    }
  }

  public static CaptureDocument of(
      Format format, Source source, Optional<Integer> pages, Optional<Integer> dpi, Color color) {
    return new CaptureDocument(
        format,
        source,
        pages,
        Layout.PAGE,
        Duration.ZERO,
        dpi,
        color,
        false,
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
