package dev.doorstep.protocol;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words that people read, in Chinese and English, from {@code words.properties} (English) and
 * {@code words_zh.properties} beside the class that uses them.
 */
public final class Words {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Words(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /**
   * The words of a package.
   *
   * @param anchor a class of that package
   * @param locale the reader's; any language but Chinese gets English
   */
  public static Words of(Class<?> anchor, Locale locale) {
    return new Words(
        ResourceBundle.getBundle(
            anchor.getPackageName() + ".words",
            locale,
            anchor.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)),
        locale);
  }

  /**
   * One text, with {@code {0}}, {@code {1}} … replaced as in {@link MessageFormat}.
   *
   * @throws java.util.MissingResourceException if the package has no such text
   */
  public String text(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }
}
