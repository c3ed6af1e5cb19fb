package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.screen.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resident's screen, a page in a browser: the second screen of a dual-screen machine, or a
 * tablet on the counter. It is the evaluation pad, too.
 */
public final class WebScreenDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("web-screen", "evaluation-pad", Set.of("screen"), Set.of());

  /** The page that speaks this driver's messages, for the server of the screens. */
  public static Page page() {
    Page page =
        Page.load(
            WebScreenDriver.class,
            IdleTask.json(Optional.empty(), List.of()),
            "screen.html",
            "screen.css",
            "screen.js",
            "words.js",
            "parts.js",
            "faces.js",
            "evaluation.js",
            "reading.js",
            "signature.js",
            "pair.js");
    return page.withEntrance(WebScreenDriver.class, "pair.html", "pair.js", "screen.css");
  }

  @Override
  public DriverInfo info() {
    return INFO;
  }

  /** Succeeds also while no browser shows the page: that is the device's cause, not its absence. */
  @Override
  public Device open(DeviceContext context) throws DeviceException {
    return new WebScreen(context);
  }
}
