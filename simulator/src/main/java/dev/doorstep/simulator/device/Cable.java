package dev.doorstep.simulator.device;

/**
 * What a simulated device hangs on: stopping it plays an unplugged device, starting it again plays
 * the device coming back under the same address.
 */
public interface Cable extends AutoCloseable {

  /**
   * Plugs the device in, at the address it had before. Without effect when it is plugged in.
   *
   * @throws java.io.UncheckedIOException if the address cannot be had
   */
  void start();

  /** Pulls the plug: open lines are cut, the address is gone. Without effect when it is gone. */
  void stop();

  /** Tells whether the device is plugged in. */
  boolean started();

  /** Pulls the plug for good. */
  @Override
  void close();
}
