package dev.doorstep.driver.code;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.GenericMultipleBarcodeReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds QR and bar codes in a grey picture, by ZXing. That guesses what the bytes of a QR code are
 * written in, with Japanese in mind; here {@link CodeBytes} says it, unless the code does.
 */
public final class PictureCodes {
  private static final int LONGEST_TEXT = 8_000;

  /** Kinds that hold a check of themselves: others are seen in any texture now and then. */
  private static final Set<BarcodeFormat> CHECKED =
      EnumSet.of(
          BarcodeFormat.QR_CODE,
          BarcodeFormat.DATA_MATRIX,
          BarcodeFormat.AZTEC,
          BarcodeFormat.PDF_417,
          BarcodeFormat.CODE_128,
          BarcodeFormat.CODE_93,
          BarcodeFormat.EAN_13,
          BarcodeFormat.EAN_8);

  private static final Set<BarcodeFormat> KINDS = EnumSet.copyOf(CHECKED);

  static {
    KINDS.addAll(EnumSet.of(BarcodeFormat.CODE_39, BarcodeFormat.CODABAR, BarcodeFormat.ITF));
  }

  private PictureCodes() {}

  /**
   * A code.
   *
   * @param kind such as QR_CODE
   * @param text what it says
   * @param charset what it was read as; empty if it is ASCII alone, or says itself what it is
   * @param checked whether its kind holds a check of itself
   */
  public record Found(String kind, String text, Optional<Charset> charset, boolean checked) {
    /** The kind alone: what it says may stand for a person. */
    @Override
    public String toString() {
      return "Found[" + kind + "]";
    }
  }

  /**
   * All codes of a picture, as a page has them.
   *
   * @param grey a byte a pixel, row by row
   */
  public static List<Found> all(byte[] grey, int width, int height) {
    return read(
        hints -> {
          BinaryBitmap bitmap = bitmap(grey, width, height);
          var reader = new GenericMultipleBarcodeReader(new MultiFormatReader());
          return List.of(reader.decodeMultiple(bitmap, hints));
        },
        hints());
  }

  /**
   * A code that is shown to a camera: one, whichever is seen first.
   *
   * @param grey a byte a pixel, row by row
   */
  public static Optional<Found> one(byte[] grey, int width, int height) {
    Map<DecodeHintType, Object> hints = hints();
    hints.put(DecodeHintType.POSSIBLE_FORMATS, KINDS);
    return read(
            with -> List.of(new MultiFormatReader().decode(bitmap(grey, width, height), with)),
            hints)
        .stream()
        .findFirst();
  }

  private interface Decoding {
    List<Result> with(Map<DecodeHintType, Object> hints) throws NotFoundException;
  }

  private static Map<DecodeHintType, Object> hints() {
    return new EnumMap<>(Map.of(DecodeHintType.TRY_HARDER, true));
  }

  private static BinaryBitmap bitmap(byte[] grey, int width, int height) {
    return new BinaryBitmap(
        new HybridBinarizer(
            new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false)));
  }

  private static List<Found> read(Decoding decoding, Map<DecodeHintType, Object> hints) {
    List<Found> found = new ArrayList<>();
    for (Result result : results(decoding, hints)) {
      Optional<Charset> meant = meant(result);
      String text = result.getText();
      if (meant.isPresent() && !meant.get().equals(StandardCharsets.UTF_8)) { // that it sees itself
        text = again(result, meant.get(), decoding, hints);
      }
      if (text.length() <= LONGEST_TEXT) {
        BarcodeFormat kind = result.getBarcodeFormat();
        found.add(new Found(kind.name(), text, meant, CHECKED.contains(kind)));
      }
    }
    return found;
  }

  private static List<Result> results(Decoding decoding, Map<DecodeHintType, Object> hints) {
    try {
      return decoding.with(hints);
    } catch (NotFoundException e) {
      return List.of(); // a picture without codes is the usual one
    }
  }

  /** What the bytes of a QR code are written in; empty if it is ASCII alone, or declared. */
  private static Optional<Charset> meant(Result result) {
    Map<ResultMetadataType, Object> about = result.getResultMetadata();
    if (about == null
        || result.getBarcodeFormat() != BarcodeFormat.QR_CODE
        || !(about.get(ResultMetadataType.BYTE_SEGMENTS) instanceof List<?> segments)
        || isDeclared(about)) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    segments.forEach(segment -> bytes.writeBytes((byte[]) segment));
    return CodeBytes.read(ByteBuffer.wrap(bytes.toByteArray()), CodeBytes.GBK).charset();
  }

  /** Whether it has an ECI: then its AIM identifier ends in 2, 4 or 6 (ISO/IEC 18004, annex F). */
  private static boolean isDeclared(Map<ResultMetadataType, Object> about) {
    return about.get(ResultMetadataType.SYMBOLOGY_IDENTIFIER) instanceof String aim
        && List.of("]Q2", "]Q4", "]Q6").contains(aim);
  }

  /** The same code's text in a charset; what was read first if it is not found again. */
  private static String again(
      Result code, Charset charset, Decoding decoding, Map<DecodeHintType, Object> hints) {
    Map<DecodeHintType, Object> with = new EnumMap<>(hints);
    with.put(DecodeHintType.CHARACTER_SET, charset.name());
    return results(decoding, with).stream()
        .filter(other -> Arrays.equals(other.getResultPoints(), code.getResultPoints()))
        .map(Result::getText)
        .findFirst()
        .orElse(code.getText());
  }
}
