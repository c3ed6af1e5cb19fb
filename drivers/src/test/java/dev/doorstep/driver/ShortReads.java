package dev.doorstep.driver;

import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.driver.transport.UsbLayout;

/** Wires of which one read gives at most so many bytes. */
record ShortReads(Transports wires, int most) implements Transports {
  @Override
  public Transport open(Connection connection, Deadline deadline) throws DeviceException {
    return cut(wires.open(connection, deadline));
  }

  @Override
  public Transport open(Connection connection, UsbLayout layout, Deadline deadline)
      throws DeviceException {
    return cut(wires.open(connection, layout, deadline));
  }

  private Transport cut(Transport wire) {
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
  public void own(AutoCloseable wire) throws DeviceException {
    wires.own(wire);
  }

  @Override
  public void disown(AutoCloseable wire) {
    wires.disown(wire);
  }

  @Override
  public Screen screen(Connection connection) throws DeviceException {
    return wires.screen(connection);
  }
}
