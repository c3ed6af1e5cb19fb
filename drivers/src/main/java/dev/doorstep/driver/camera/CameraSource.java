package dev.doorstep.driver.camera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;

/** Where the pictures of a camera come from. For the lane's thread. */
public interface CameraSource {
  /** Makes sure that the camera is there. */
  void probe(Deadline deadline) throws DeviceException;

  /** Pictures as large as the camera gives them, the first of them fit to be taken. */
  Frames stills(Patience patience) throws DeviceException;

  /**
   * Pictures to look at; they may be larger and come faster than that.
   *
   * @param rate about how many a second
   * @param width about how wide, in pixels
   */
  Frames preview(Patience patience, int rate, int width) throws DeviceException;
}
