package dev.doorstep.driver.webscreen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Words;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;

/**
 * Nothing is asked: the page shows where it stands, and what can be done there.
 *
 * @param task {@code idle}
 * @param point the point's name; absent if nobody said it
 * @param devices the devices that residents know, in the order of the configuration
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record IdleTask(String task, Optional<String> point, List<Readiness> devices) {
  /** Copies the devices. */
  public IdleTask {
    devices = List.copyOf(devices);
  }

  /**
   * A device in plain words.
   *
   * @param zh what it is, in Chinese
   * @param en what it is, in English
   * @param ready whether it can be used
   */
  public record Readiness(String zh, String en, boolean ready) {
    /**
     * A device of a kind, such as {@code id-card-reader}; empty if residents have no word for it.
     */
    public static Optional<Readiness> of(String kind, boolean ready) {
      try {
        return Optional.of(
            new Readiness(
                Words.of(IdleTask.class, Locale.CHINESE).text(kind),
                Words.of(IdleTask.class, Locale.ENGLISH).text(kind),
                ready));
      } catch (MissingResourceException e) {
        return Optional.empty(); // of others' drivers, or the page itself
      }
    }
  }

  /** The text for the page. */
  public static String json(Optional<String> point, List<Readiness> devices) {
    return Codec.text(new IdleTask("idle", point, devices));
  }
}
