package dev.doorstep.driver;

import dev.doorstep.protocol.Operation;

/** Carries out one operation of an open device. */
@FunctionalInterface
public interface Handler<P extends Operation<R>, R> {
  /**
   * Does it, blocking, by the deadline of the call.
   *
   * @throws DeviceException if it could not be done
   */
  R handle(P parameters, Call call) throws DeviceException;
}
