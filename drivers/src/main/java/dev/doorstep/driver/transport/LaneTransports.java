package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wires of one device's lane: opens them for its driver, keeps every one, and closes all when
 * the lane says so, from any thread. What is closed stays closed: a lane that opens its device
 * again makes a new one of these.
 */
public final class LaneTransports implements Transports, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneTransports.class);

  private final ScreenSource screens;
  private final List<AutoCloseable> open = new ArrayList<>();
  private boolean closed;

  /** No wires yet; screens come from there, or from {@link ScreenSource#NONE}. */
  public LaneTransports(ScreenSource screens) {
    this.screens = screens;
  }

  @Override
  public Transport open(Connection connection, Deadline deadline) throws DeviceException {
    return open(connection, Optional.empty(), deadline);
  }

  @Override
  public Transport open(Connection connection, UsbLayout layout, Deadline deadline)
      throws DeviceException {
    return open(connection, Optional.of(layout), deadline);
  }

  private Transport open(Connection connection, Optional<UsbLayout> layout, Deadline deadline)
      throws DeviceException {
    Line line =
        switch (connection.scheme()) {
          case "serial" -> new SerialTransport(connection, SerialPorts.HERE, this::disown);
          case "tcp" -> new TcpTransport(connection, this::disown);
          case "usb" -> new UsbTransport(connection, layout, this::disown);
          default ->
              throw new DeviceException(
                  ErrorCode.UNSUPPORTED, connection.scheme() + ": is no stream of bytes");
        };
    own(line);
    try {
      line.connect(deadline);
      return line;
    } catch (DeviceException e) {
      line.close();
      throw e;
    }
  }

  @Override
  public Screen screen(Connection connection) throws DeviceException {
    if (!"screen".equals(connection.scheme())) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, connection.scheme() + ": is no screen");
    }
    Screen screen =
        screens
            .screen(connection.address())
            .orElseThrow(
                () ->
                    new DeviceException(
                        ErrorCode.UNSUPPORTED, "no screen is served for " + connection));
    own(screen);
    return screen;
  }

  /** Closes every wire; a call that waits on one ends with {@code DISCONNECTED}. */
  @Override
  public void close() {
    List<AutoCloseable> closing;
    synchronized (this) {
      closed = true;
      closing = List.copyOf(open);
      open.clear();
    }
    closing.forEach(LaneTransports::close);
  }

  @Override
  public synchronized void disown(AutoCloseable wire) {
    open.remove(wire);
  }

  @Override
  public void own(AutoCloseable wire) throws DeviceException {
    synchronized (this) {
      if (!closed) {
        open.add(wire);
        return;
      }
    }
    close(wire);
    throw new DeviceException(ErrorCode.DISCONNECTED, "the wires of this device were closed");
  }

  private static void close(AutoCloseable wire) {
    try {
      wire.close();
    } catch (Exception e) { // the others have to be closed all the same
      LOG.warn("closing a wire", e);
    }
  }
}
