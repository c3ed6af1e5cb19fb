package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.driver.transport.screen.Page;
import java.util.Set;

/**
 * An evaluation pad that is a page in a browser on this machine: the screen of a dual-screen
 * machine that faces the resident.
 */
public final class WebScreenDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("web-screen", "evaluation-pad", Set.of("screen"), Set.of());

  /** The page that speaks this driver's messages, for the server of the screens. */
  public static Page page() {
    return Page.load(
        WebScreenDriver.class, IdleTask.JSON, "screen.html", "screen.css", "screen.js", "faces.js");
  }

  @Override
  public DriverInfo info() {
    return INFO;
  }

  /** Succeeds also while no browser shows the page: that is the device's cause, not its absence. */
  @Override
  public Device open(DeviceContext context) throws DeviceException {
    return new WebScreen(
        context.settings().id(),
        context.transports().screen(context.settings().connection()),
        context.locale());
  }
}
