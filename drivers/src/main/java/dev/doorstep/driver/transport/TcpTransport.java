package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection. The channel does not block and has a selector of its own, so that connecting,
 * reading and writing all end at the deadline, and at a close from another thread.
 */
final class TcpTransport implements Line {
  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
  private static final String SILENT = ": sends nothing";
  private static final String FULL = ": takes no bytes";

  private final Connection connection;
  private final Consumer<Transport> whenClosed;
  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer away = ByteBuffer.allocate(1024); // what is discarded; one thread reads
  private volatile boolean asked; // whether nothing was read since something was written

  TcpTransport(Connection connection, Consumer<Transport> whenClosed) throws DeviceException {
    this.connection = connection;
    this.whenClosed = whenClosed;
    try {
      selector = Selector.open();
      try {
        channel = SocketChannel.open();
      } catch (IOException e) {
        selector.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.NOT_CONNECTED, "no socket: " + e.getMessage(), e);
    }
  }

  /** Looks the name up first, which the system may draw out; an address costs nothing. */
  @Override
  public void connect(Deadline deadline) throws DeviceException {
    InetSocketAddress address = new InetSocketAddress(connection.host(), connection.port());
    if (address.isUnresolved()) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED, connection + ": no such host; check the name or use an address");
    }
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = channel.connect(address);
      while (!connected) {
        await(SelectionKey.OP_CONNECT, deadline, SILENT);
        connected = channel.finishConnect();
      }
    } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException e) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed", e);
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          connection + ": " + e.getMessage() + "; check address, port and power",
          e);
    } catch (DeviceException e) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED, connection + ": no answer; check address and network", e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length, Deadline deadline) throws DeviceException {
    ByteBuffer into = ByteBuffer.wrap(buffer, offset, length);
    return attempt(
        () -> {
          demandTime(deadline, SILENT);
          // An answer is not there before it is waited for; a stream may be.
          int count = asked ? 0 : channel.read(into);
          asked = false;
          while (count == 0) {
            await(SelectionKey.OP_READ, deadline, SILENT);
            count = channel.read(into);
          }
          return count;
        });
  }

  @Override
  public void write(byte[] bytes, Deadline deadline) throws DeviceException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    asked = true;
    try {
      attempt(
          () -> {
            demandTime(deadline, FULL);
            while (channel.write(from) >= 0 && from.hasRemaining()) {
              await(SelectionKey.OP_WRITE, deadline, FULL);
            }
            return 0;
          });
    } catch (DeviceException e) {
      if (from.position() > 0) {
        close(); // what is sent next would be taken for the rest of this
      }
      throw e;
    }
  }

  @Override
  public void discardInput() throws DeviceException {
    attempt(
        () -> {
          int count = channel.read(away.clear());
          // A device that sends without end must not hold us here: what a socket buffers is finite.
          for (int rounds = 0; count > 0 && rounds < 4096; rounds++) {
            count = channel.read(away.clear());
          }
          return count;
        });
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.close(); // wakes whoever waits; the channel is let go of with it
    } catch (IOException e) {
      LOG.debug("closing {}", connection, e);
    }
    whenClosed.accept(this);
  }

  private interface Step {
    int run() throws IOException, DeviceException;
  }

  private int attempt(Step step) throws DeviceException {
    try {
      int count = step.run();
      if (count >= 0) {
        return count;
      }
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + ": the device hung up");
    } catch (ClosedChannelException | CancelledKeyException | ClosedSelectorException e) {
      throw new DeviceException(ErrorCode.DISCONNECTED, connection + " was closed", e);
    } catch (IOException e) {
      throw new DeviceException(
          ErrorCode.DISCONNECTED, connection + ": " + e.getMessage(), e); // reset, network gone
    }
  }

  private void await(int readiness, Deadline deadline, String late)
      throws IOException, DeviceException {
    demandTime(deadline, late);
    channel.register(selector, readiness);
    selector.select(Math.max(1, deadline.remainingMillis())); // 0 would be for ever
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      close(); // an interrupted thread is to end, and would not wait here any more
      throw new ClosedByInterruptException();
    }
  }

  private void demandTime(Deadline deadline, String late) throws DeviceException {
    if (deadline.expired()) {
      throw new DeviceException(ErrorCode.TIMEOUT, connection + late);
    }
  }
}
