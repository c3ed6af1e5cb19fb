package dev.doorstep.driver;

import java.util.function.IntSupplier;

/** The device of a driver's contract, at the other end of a TCP line. */
public interface SimulatedDevice extends AutoCloseable {
  /** Where it listens on loopback. */
  int port();

  /** Brings it into the state in which the samples succeed: places the card, puts in paper. */
  void prepare();

  @Override
  void close();

  /**
   * A device.
   *
   * @param port where it listens
   * @param prepare brings it into the state in which the samples succeed
   * @param close switches it off
   */
  static SimulatedDevice of(IntSupplier port, Runnable prepare, Runnable close) {
    return new SimulatedDevice() {
      @Override
      public int port() {
        return port.getAsInt();
      }

      @Override
      public void prepare() {
        prepare.run();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
