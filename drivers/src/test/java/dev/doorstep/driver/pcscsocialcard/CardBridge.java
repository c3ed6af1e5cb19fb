package dev.doorstep.driver.pcscsocialcard;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a card into a reader of vpcd: each message is its length in two bytes and its bytes; one of
 * one byte is a control (00 off, 01 on, 02 reset, 04 the ATR is asked for).
 */
final class CardBridge implements AutoCloseable {
  private static final byte[] ATR = {0x3B, (byte) 0x80, (byte) 0x80, 0x01, 0x01}; // T=1

  private static final Logger LOG = LoggerFactory.getLogger(CardBridge.class);

  private final int port;
  private final UnaryOperator<byte[]> card;
  private final Thread thread;
  private Socket socket;
  private volatile boolean taken;

  private CardBridge(int port, UnaryOperator<byte[]> card) throws IOException {
    this.port = port;
    this.card = card;
    this.socket = connect(port);
    this.thread = new Thread(this::serve, "doorstep-card");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Puts a card in.
   *
   * @param port of the reader
   * @param card answers a command; it is taken out if that is an {@link IllegalStateException}
   */
  static CardBridge insert(int port, UnaryOperator<byte[]> card) throws IOException {
    return new CardBridge(port, card);
  }

  /** Takes it out; returns when the reader has seen that it is gone: it looks every 400 ms. */
  @Override
  public void close() throws IOException {
    takeOut();
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOut() throws IOException {
    synchronized (this) {
      taken = true;
      if (!socket.isClosed() && !socket.isOutputShutdown()) {
        socket.shutdownOutput(); // the reader hangs up once it notices
      }
    }
  }

  /** A busy machine may let the reader lose patience with a card that is there: it comes again. */
  private void serve() {
    while (!socket.isClosed()) {
      try (Socket line = socket) {
        serve(line);
      } catch (IOException e) {
        LOG.debug("the reader let go of the card", e);
      }
      synchronized (this) {
        if (!taken) {
          try {
            socket = connect(port);
          } catch (IOException e) {
            LOG.debug("pcscd has ended", e);
          }
        }
      }
    }
  }

  private void serve(Socket line) throws IOException {
    DataInputStream in = new DataInputStream(line.getInputStream());
    DataOutputStream out = new DataOutputStream(line.getOutputStream());
    while (true) {
      // Or the second half of its message waits 40 ms for the acknowledgement of the first.
      line.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      byte[] message = in.readNBytes(in.readUnsignedShort());
      if (taken) {
        continue;
      }
      if (message.length > 1) {
        try {
          send(out, card.apply(message));
        } catch (IllegalStateException e) {
          takeOut();
        }
      } else if (message.length == 1 && message[0] == 4) {
        send(out, ATR);
      }
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** In one write: its two halves would else wait for each other's acknowledgement. */
  private static void send(DataOutputStream out, byte[] bytes) throws IOException {
    byte[] message = new byte[bytes.length + 2];
    message[0] = (byte) (bytes.length >> 8);
    message[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, message, 2, bytes.length);
    out.write(message);
    out.flush();
  }
}
