package dev.doorstep.driver;

import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;

/** Wires of which one read gives at most so many bytes. */
record ShortReads(Transports wires, int most) implements Transports {
  @Override
  public Transport open(Connection connection, Deadline deadline) throws DeviceException {
    Transport wire = wires.open(connection, deadline);
    return new Transport() {
      @Override
      public int read(byte[] buffer, int offset, int length, Deadline until)
          throws DeviceException {
        return wire.read(buffer, offset, Math.min(length, most), until);
      }

      @Override
      public void write(byte[] bytes, Deadline until) throws DeviceException {
        wire.write(bytes, until);
      }

      @Override
      public void discardInput() throws DeviceException {
        wire.discardInput();
      }

      @Override
      public void close() {
        wire.close();
      }
    };
  }

  @Override
  public Screen screen(Connection connection) throws DeviceException {
    return wires.screen(connection);
  }
}
