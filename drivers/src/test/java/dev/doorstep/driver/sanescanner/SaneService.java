package dev.doorstep.driver.sanescanner;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon with a small scanner, for what the real one does not do: it sends what a test wants, and
 * its control and data connections come in on one port, or on that of a line, if the device's name
 * is the line's port. With its own codec, which knows only what it needs.
 */
final class SaneService implements AutoCloseable {
  /** Eight pixels in a row, two rows. */
  static final int[] GRAY = {0, 1, 8, 8, 2, 8};

  private static final Logger LOG = LoggerFactory.getLogger(SaneService.class);

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Socket dataDue;

  /** Status, format, last frame, bytes a line, pixels a line, lines, depth; the first is kept. */
  volatile int[] parameters = GRAY;

  volatile int greeting;
  volatile int opening;
  volatile String resource = "";
  volatile int sheets = 1;
  volatile int port;
  volatile Sending sending = out -> record(out, new byte[16]).end(out);
  private final AtomicInteger left = new AtomicInteger();

  /** What comes over a data connection. */
  interface Sending {
    void send(DataOutputStream out) throws IOException;
  }

  SaneService() {
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String connection() {
    return "sane:127.0.0.1:" + port() + "/line:" + port();
  }

  /** A record, and what may follow it. */
  static Records record(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
    return new Records();
  }

  /** What may follow a record. */
  static final class Records {
    void end(DataOutputStream out) throws IOException {
      out.writeInt(-1);
      out.writeByte(5);
    }
  }

  /**
   * Puts paper in, once those who were here have left: one that still reads an old request would
   * else take the next that comes for its own page's.
   */
  void prepare() {
    await().pollInterval(Duration.ofMillis(1)).until(sockets::isEmpty);
    dataDue = null;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        boolean data = dataDue != null;
        dataDue = null;
        start(() -> serve(socket, data));
      } catch (IOException e) {
        LOG.debug("closed: {}", e.toString());
      }
    }
  }

  private void serve(Socket socket, boolean data) {
    try (socket) {
      if (data) {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        sending.send(out);
        socket.shutdownOutput();
        socket.getInputStream().read();
      } else {
        left.set(sheets);
        control(socket);
      }
    } catch (IOException e) {
      LOG.debug("the driver has left: {}", e.toString());
    } finally {
      if (dataDue == socket) {
        dataDue = null;
      }
      sockets.remove(socket);
    }
  }

  private void control(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int dataPort = 0;
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream reply = new DataOutputStream(bytes);
      int call = in.readInt();
      switch (call) {
        case 0 -> {
          in.readInt();
          string(in);
          words(reply, greeting, 0x01000003);
        }
        case 2 -> {
          String device = string(in);
          dataPort = Integer.parseInt(device.substring(device.indexOf(':') + 1));
          words(reply, opening, 7);
          string(reply, resource);
        }
        case 4 -> {
          in.readInt();
          options(reply);
        }
        case 5 -> set(in, reply);
        case 6 -> {
          in.readInt();
          words(reply, 0);
          for (int i = 0; i < 6; i++) {
            words(reply, parameters[i]);
          }
        }
        case 7 -> {
          in.readInt();
          boolean empty = left.getAndDecrement() <= 0;
          dataDue = empty ? null : socket;
          words(reply, empty ? 7 : 0, port == 0 ? dataPort : port, 0x1234);
          string(reply, "");
        }
        case 3, 8 -> words(reply, in.readInt());
        default -> {
          return;
        }
      }
      socket.getOutputStream().write(bytes.toByteArray());
    }
  }

  private static void options(DataOutputStream out) throws IOException {
    words(out, 4);
    list(out, "source", "Flatbed", "ADF");
    words(out, 1); // the second option is not there
    list(out, "mode", "Color", "Gray", "Lineart");
    option(out, "resolution", 1, 4, 4);
    words(out, 2, 4, 3, 100, 200, 300);
  }

  private static void list(DataOutputStream out, String name, String... values) throws IOException {
    option(out, name, 3, 0, 32);
    words(out, 3, values.length + 1);
    for (String value : values) {
      string(out, value);
    }
    words(out, 0); // the end of the list
  }

  /** All but the constraint. */
  private static void option(DataOutputStream out, String name, int type, int unit, int size)
      throws IOException {
    words(out, 0);
    string(out, name);
    string(out, "");
    string(out, "");
    words(out, type, unit, size, 5);
  }

  private static void set(DataInputStream in, DataOutputStream reply) throws IOException {
    in.readInt();
    in.readInt();
    int action = in.readInt();
    int type = in.readInt();
    int size = in.readInt();
    int length = in.readInt();
    words(reply, 0, 0, type, size, length);
    if (type == 3) {
      reply.write(in.readNBytes(length));
    } else {
      int value = in.readInt();
      words(reply, action == 0 ? 200 : value);
    }
    string(reply, "");
  }

  private static void words(DataOutputStream out, int... words) throws IOException {
    for (int word : words) {
      out.writeInt(word);
    }
  }

  private static void string(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    words(out, text.isEmpty() ? 0 : bytes.length + 1);
    if (bytes.length > 0) {
      out.write(bytes);
      out.write(0);
    }
  }

  private static String string(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return new String(bytes, 0, Math.max(0, bytes.length - 1), StandardCharsets.US_ASCII);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "doorstep-sane-service");
    thread.setDaemon(true);
    thread.start();
  }
}
