package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usb4java.LibUsb;

/**
 * A USB device's bulk endpoints, by libusb. A waiting transfer is made of short ones: libusb has no
 * way to end one that another thread waits for, and closing the device under it crashes the
 * process. So whoever closes waits for the short one to end; if the kernel does not give it back,
 * the thread that waits there lets go of the device once it returns.
 */
final class UsbTransport implements Line {
  private static final Logger LOG = LoggerFactory.getLogger(UsbTransport.class);

  /** How late a close or an interrupt is seen. */
  private static final Duration SLICE = Duration.ofMillis(50);

  /** How long to look for bytes to discard: a full-speed device is asked once a millisecond. */
  private static final long LOOK_MILLIS = 3;

  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** A multiple of every packet's size, or libusb takes a full packet for one too many. */
  private static final int BUFFER = 4096;

  /** A device that sends without end must not hold whoever discards. */
  private static final int MOST_DISCARDED = 256;

  private final Connection connection;
  private final Optional<UsbLayout> wanted;
  private final Consumer<Transport> whenClosed;
  private final ReentrantLock inUse = new ReentrantLock();
  private final ByteBuffer packets = ByteBuffer.allocateDirect(BUFFER);
  private final IntBuffer moved = IntBuffer.allocate(1);
  private byte[] came = {};
  private int taken;
  private @Nullable UsbHandle handle;
  private @Nullable UsbFrames frames;
  private volatile boolean closed;

  UsbTransport(Connection connection, Optional<UsbLayout> wanted, Consumer<Transport> whenClosed) {
    this.connection = connection;
    this.wanted = wanted;
    this.whenClosed = whenClosed;
  }

  /** Asks the devices of this kind who they are, which takes as long as they take to answer. */
  @Override
  public void connect(Deadline deadline) throws DeviceException {
    inUse.lock();
    try {
      demandOpen();
      UsbHandle opened = UsbHandle.open(connection, wanted);
      handle = opened;
      frames = opened.layout().head().map(UsbFrames::new).orElse(null);
      demandOpen();
    } finally {
      letGoIfClosed();
      inUse.unlock();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length, Deadline deadline) throws DeviceException {
    demandOpen();
    demandTime(deadline, ": sends nothing");
    while (taken == came.length) {
      fill(deadline);
    }
    int count = Math.min(length, came.length - taken);
    System.arraycopy(came, taken, buffer, offset, count);
    taken += count;
    return count;
  }

  @Override
  public void write(byte[] bytes, Deadline deadline) throws DeviceException {
    UsbLayout layout = open().layout();
    demandTime(deadline, ": takes no bytes");
    int cut = layout.head().map(head -> Math.min(head.length(), bytes.length)).orElse(0);
    try {
      if (cut > 0) {
        send(layout.head().orElseThrow().out(), bytes, 0, cut, deadline);
      }
      send(layout.out(), bytes, cut, bytes.length, deadline);
    } catch (DeviceException e) {
      close(); // nobody knows how much of the bytes went out: this line cannot go on
      throw e;
    }
  }

  @Override
  public void discardInput() throws DeviceException {
    UsbLayout layout = open().layout();
    came = new byte[0];
    taken = 0;
    if (frames != null) {
      frames.forget();
      drain(layout.head().orElseThrow().in());
    }
    drain(layout.in());
  }

  /** Waits at most a second for a transfer that the kernel does not give back. */
  @Override
  public void close() {
    closed = true;
    boolean alone = false;
    try {
      alone = inUse.tryLock(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      if (!alone) {
        LOG.warn("{} does not close: a transfer does not return", connection);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      alone = inUse.tryLock(); // else whoever has it lets go
    } finally {
      if (alone) {
        letGoIfClosed();
        inUse.unlock();
      }
    }
    whenClosed.accept(this);
  }

  /** Waits for bytes and keeps them. */
  private void fill(Deadline deadline) throws DeviceException {
    UsbLayout layout = open().layout();
    UsbFrames following = frames;
    int endpoint =
        following != null && following.awaitsHead()
            ? layout.head().orElseThrow().in()
            : layout.in();
    int count = 0;
    while (count == 0) {
      demandTime(deadline, ": sends nothing");
      packets.clear();
      count = transfer(endpoint, packets, slice(deadline));
    }
    byte[] bytes = new byte[count];
    packets.get(0, bytes);
    if (following != null) {
      following.came(bytes, 0, count);
    }
    came = bytes;
    taken = 0;
  }

  private void send(int endpoint, byte[] bytes, int from, int to, Deadline deadline)
      throws DeviceException {
    ByteBuffer going = ByteBuffer.allocateDirect(Math.max(1, to - from));
    going.put(bytes, from, to - from).flip();
    while (going.hasRemaining()) {
      demandTime(deadline, ": takes no bytes");
      going.position(going.position() + transfer(endpoint, going.slice(), slice(deadline)));
    }
  }

  private void drain(int endpoint) throws DeviceException {
    for (int rounds = 0; rounds < MOST_DISCARDED; rounds++) {
      packets.clear();
      if (transfer(endpoint, packets, LOOK_MILLIS) == 0) {
        return;
      }
    }
  }

  /**
   * One short transfer.
   *
   * @return how many bytes went or came, 0 if none in time
   */
  private int transfer(int endpoint, ByteBuffer bytes, long millis) throws DeviceException {
    if (Thread.currentThread().isInterrupted()) {
      close(); // as a socket does: an interrupted thread is to end, and the line with it
    }
    inUse.lock();
    try {
      moved.put(0, 0);
      int error =
          LibUsb.bulkTransfer(open().handle(), (byte) endpoint, bytes, moved, Math.max(1, millis));
      if (error != LibUsb.SUCCESS && error != LibUsb.ERROR_TIMEOUT) {
        closed = true; // a device that was pulled out does not come back under this handle
        throw UsbErrors.transferring(error, connection);
      }
      return moved.get(0);
    } finally {
      letGoIfClosed();
      inUse.unlock();
    }
  }

  private static long slice(Deadline deadline) {
    return Math.min(SLICE.toMillis(), deadline.remainingMillis());
  }

  private void letGoIfClosed() {
    UsbHandle open = handle;
    if (closed && open != null) {
      handle = null;
      open.close();
    }
  }

  private UsbHandle open() throws DeviceException {
    demandOpen();
    UsbHandle open = handle;
    if (open == null) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed");
    }
    return open;
  }

  private void demandOpen() throws DeviceException {
    if (closed) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed");
    }
  }

  private void demandTime(Deadline deadline, String late) throws DeviceException {
    if (deadline.expired()) {
      throw new DeviceException(ErrorCode.TIMEOUT, connection + late);
    }
  }
}
