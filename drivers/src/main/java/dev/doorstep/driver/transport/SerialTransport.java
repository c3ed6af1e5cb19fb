package dev.doorstep.driver.transport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port, 8N1, by jSerialComm. It polls: a blocking native read would know deadlines of
 * tenths of a second only and would not end at a close. A native write to a line that takes nothing
 * does not return at all until the port is closed, so a guard closes it at the deadline.
 *
 * <p>jSerialComm after a hang-up: {@code isOpen()} stays true, a read gives −1, a write 0. No
 * listener is used: one for the disconnect is called without end.
 */
final class SerialTransport implements Line {
  private static final Logger LOG = LoggerFactory.getLogger(SerialTransport.class);
  private static final int DEFAULT_BAUD = 115_200;

  /** How long a poll may be late; a quiet line costs about one percent of a core. */
  private static final Duration POLL = Duration.ofNanos(200_000);

  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final int ENTRY_MISSING = 2; // ENOENT, ERROR_FILE_NOT_FOUND
  private static final int DENIED = 13; // EACCES
  private static final int TAKEN = 16; // EBUSY

  private final Connection connection;
  private final SerialPorts ports;
  private final Consumer<Transport> whenClosed;
  private final ScheduledThreadPoolExecutor guard;
  private volatile @Nullable SerialPort port;
  private volatile boolean closed;

  SerialTransport(Connection connection, SerialPorts ports, Consumer<Transport> whenClosed) {
    this.connection = connection;
    this.ports = ports;
    this.whenClosed = whenClosed;
    this.guard =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "doorstep-serial-guard");
              thread.setDaemon(true);
              return thread;
            });
    guard.setRemoveOnCancelPolicy(true);
  }

  /** Opens the port, which takes no time that a deadline could bound. */
  @Override
  public void connect(Deadline deadline) throws DeviceException {
    Optional<UsbIdentity> device = connection.usb();
    String name = device.isPresent() ? ports.find(device.get(), connection) : connection.address();
    SerialPort opening;
    try {
      opening = SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw notConnected(ENTRY_MISSING, e);
    }
    opening.setComPortParameters(
        connection.baud(DEFAULT_BAUD), 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    opening.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    opening.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    if (!opening.openPort(0)) {
      throw notConnected(opening.getLastErrorCode(), null);
    }
    port = opening;
    if (closed) { // while there was no port yet that it could have closed
      opening.closePort();
      throw gone();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length, Deadline deadline) throws DeviceException {
    while (!deadline.expired()) {
      int count = open().readBytes(buffer, length, offset);
      if (count > 0) {
        return count;
      }
      if (count < 0) {
        throw gone();
      }
      LockSupport.parkNanos(this, POLL.toNanos());
      if (Thread.interrupted()) {
        close(); // as a socket does: an interrupted thread is to end, and the line with it
      }
    }
    open();
    throw new DeviceException(ErrorCode.TIMEOUT, connection + ": sends nothing");
  }

  @Override
  public void write(byte[] bytes, Deadline deadline) throws DeviceException {
    SerialPort writing = open();
    if (deadline.expired()) {
      throw new DeviceException(ErrorCode.TIMEOUT, connection + ": no time to send");
    }
    Future<?> closing = closeAt(deadline, writing);
    int count = 1;
    for (int written = 0; count > 0 && written < bytes.length; written += count) {
      count = writing.writeBytes(bytes, bytes.length - written, written);
    }
    boolean late = count <= 0 && deadline.expired();
    closing.cancel(false);
    if (late) {
      close(); // nobody knows how much of the bytes went out: this line cannot go on
      throw new DeviceException(ErrorCode.TIMEOUT, connection + ": takes no bytes");
    }
    if (count <= 0) {
      throw gone();
    }
  }

  @Override
  public void discardInput() throws DeviceException {
    byte[] away = new byte[4096];
    int count = away.length;
    for (int rounds = 0; count == away.length && rounds < 256; rounds++) {
      count = open().readBytes(away, away.length);
    }
    if (count < 0) {
      throw gone();
    }
  }

  /** Waits at most a second for the native close, which can hang. */
  @Override
  public synchronized void close() {
    closed = true;
    SerialPort closing = port;
    if (closing != null && !guard.isShutdown()) {
      try {
        guard.submit(closing::closePort).get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        LOG.debug("interrupted while {} closed", connection);
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("{} does not close", connection, e);
      }
    }
    guard.shutdownNow();
    whenClosed.accept(this);
  }

  private Future<?> closeAt(Deadline deadline, SerialPort closing) throws DeviceException {
    try {
      return guard.schedule(
          closing::closePort, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed", e);
    }
  }

  private SerialPort open() throws DeviceException {
    SerialPort current = port;
    if (closed || current == null) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed");
    }
    return current;
  }

  private DeviceException gone() {
    return new DeviceException(
        ErrorCode.DISCONNECTED, connection + (closed ? " was closed" : ": the port is gone"));
  }

  private DeviceException notConnected(int error, @Nullable Throwable cause) {
    String reason =
        switch (error) {
          case ENTRY_MISSING -> "no such port; plug the device in and check the name";
          case DENIED -> "no permission; add the user to the group dialout";
          case TAKEN -> "another program has the port open; end it";
          default -> "cannot be opened (error " + error + ")";
        };
    String detail = connection + ": " + reason;
    return cause == null
        ? new DeviceException(ErrorCode.NOT_CONNECTED, detail)
        : new DeviceException(ErrorCode.NOT_CONNECTED, detail, cause);
  }
}
