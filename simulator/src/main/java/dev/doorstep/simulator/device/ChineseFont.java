package dev.doorstep.simulator.device;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fonts of this machine that have Chinese glyphs; Debian's package is fonts-noto-cjk. */
final class ChineseFont {

  private static final Logger LOG = LoggerFactory.getLogger(ChineseFont.class);

  private ChineseFont() {}

  /** Latin half as wide as Chinese, as printers have it. */
  static Font monospaced(int size) {
    return new Font(Mono.NAME, Font.PLAIN, size);
  }

  /** For running text. */
  static Font sans(int size) {
    return new Font(Sans.NAME, Font.PLAIN, size);
  }

  private static String first(String fallback, String... wanted) {
    Set<String> installed =
        Arrays.stream(
                GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
            .collect(Collectors.toSet());
    return List.of(wanted).stream()
        .filter(installed::contains)
        .findFirst()
        .orElseGet(
            () -> {
              LOG.warn("no Chinese font here: apt-get install fonts-noto-cjk");
              return fallback;
            });
  }

  /** Looked up when first used, since it takes a moment. */
  private static final class Mono {
    static final String NAME =
        first(
            Font.MONOSPACED,
            "Noto Sans Mono CJK SC",
            "Noto Sans CJK SC",
            "Source Han Sans SC",
            "WenQuanYi Zen Hei Mono",
            "Microsoft YaHei",
            "SimSun");
  }

  private static final class Sans {
    static final String NAME =
        first(
            Font.SANS_SERIF,
            "Noto Sans CJK SC",
            "Source Han Sans SC",
            "WenQuanYi Zen Hei",
            "Microsoft YaHei",
            "SimSun");
  }
}
