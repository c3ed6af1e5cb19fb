package dev.doorstep.driver.camera;

import dev.doorstep.driver.DeviceException;

/**
 * The pictures of a camera, one after the other, as long as it is open. For one thread; the lane
 * ends a wait by closing the wire below.
 */
public interface Frames extends AutoCloseable {
  /**
   * The next picture.
   *
   * @throws DeviceException {@code GARBLED} if there are none among the parts that come
   */
  Frame next() throws DeviceException;

  /**
   * Lets the camera go.
   *
   * @throws DeviceException if it cannot be let go of, so that the next look at it may fail
   */
  @Override
  void close() throws DeviceException;
}
