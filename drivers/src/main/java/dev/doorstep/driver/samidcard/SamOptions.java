package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.protocol.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The driver's own keys in a device's configuration.
 *
 * @param watch whether to tell of cards that come and go
 * @param photoDecoder the program that makes pictures of photos
 * @param serialNumber the SAM id that the reader must have
 */
record SamOptions(boolean watch, Optional<Path> photoDecoder, Optional<String> serialNumber) {
  /** The keys. */
  static final Set<String> KEYS = Set.of("watch", "photo-decoder", "serial-number");

  /**
   * The options of a device.
   *
   * @throws DeviceException {@code UNSUPPORTED} if one has a value that means nothing
   */
  static SamOptions of(DeviceSettings settings) throws DeviceException {
    String watch = settings.option("watch").orElse("false");
    if (!watch.equals("true") && !watch.equals("false")) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, "watch must be true or false, not " + watch);
    }
    return new SamOptions(
        watch.equals("true"),
        settings.option("photo-decoder").map(Path::of),
        settings.option("serial-number"));
  }

  /**
   * Refuses a reader that is not the one of the configuration, so that two that were swapped are
   * noticed.
   *
   * @param found its SAM id, if it tells one
   * @throws DeviceException {@code NOT_CONNECTED} if it is another
   */
  void demand(Optional<String> found) throws DeviceException {
    if (serialNumber.isPresent() && !serialNumber.equals(found)) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          "the reader here is %s, not %s of the configuration: look which one is plugged in where"
              .formatted(found.orElse("one that tells no SAM id"), serialNumber.get()));
    }
  }
}
