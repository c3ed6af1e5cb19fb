package dev.doorstep.protocol.center;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/** A broker for one client, in the bytes of MQTT 5, that answers as its test says. */
final class ScriptedBroker implements AutoCloseable {
  /** An answer that does not come. */
  static final int SILENT = -1;

  private static final int RETAINED = 0x31;

  private final ServerSocket server;
  private final Thread thread;
  private final List<String> published = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Map<String, String> retained = new ConcurrentHashMap<>();
  private volatile ToIntFunction<String> onConnect = client -> 0;
  private volatile ToIntFunction<String> onSubscribe = filter -> 1;
  private volatile ToIntFunction<String> onPublish = topic -> 0;
  private volatile int largestPacket = 1 << 20;

  ScriptedBroker() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "scripted-broker");
    thread.start();
  }

  URI url() {
    return URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
  }

  /** The reason of each CONNACK, or {@link #SILENT}. */
  ScriptedBroker onConnect(ToIntFunction<String> reason) {
    onConnect = reason;
    return this;
  }

  /** The reason of each filter in a SUBACK, or {@link #SILENT} for the whole packet. */
  ScriptedBroker onSubscribe(ToIntFunction<String> reason) {
    onSubscribe = reason;
    return this;
  }

  /** The reason of each PUBACK by its topic, or {@link #SILENT}. */
  ScriptedBroker onPublish(ToIntFunction<String> reason) {
    onPublish = reason;
    return this;
  }

  /** What the next CONNACK says of packets. */
  ScriptedBroker takesPacketsOf(int bytes) {
    largestPacket = bytes;
    return this;
  }

  /** Keeps a message for whoever subscribes to exactly its topic. */
  ScriptedBroker keeps(String topic, String json) {
    retained.put(topic, json);
    return this;
  }

  /** The topics of all that was published to it. */
  List<String> published() {
    return published;
  }

  /** How many connections were made to it. */
  int connections() {
    return connections.size();
  }

  /** Cuts the connection. */
  void cut() throws IOException {
    for (Socket socket : connections) {
      socket.close();
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.add(socket);
        serve(socket);
      } catch (IOException e) {
        // the connection or the broker has ended
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    while (true) {
      int first = in.readUnsignedByte();
      DataInputStream body =
          new DataInputStream(new ByteArrayInputStream(in.readNBytes(number(in))));
      switch (first >> 4) {
        case 1 -> connect(out);
        case 3 -> publish(first, body, out);
        case 8 -> subscribe(body, out);
        case 10 -> unsubscribe(body, out);
        case 12 -> packet(out, 0xD0, new byte[0]);
        case 14 -> {
          return;
        }
        default -> {
          // acknowledgements need no answer
        }
      }
    }
  }

  private void connect(DataOutputStream out) throws IOException {
    int reason = onConnect.applyAsInt("");
    if (reason != SILENT) {
      int size = largestPacket;
      byte[] limit = {
        0x27, (byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size
      };
      packet(out, 0x20, new byte[] {0, (byte) reason, (byte) limit.length}, limit);
    }
  }

  private void publish(int first, DataInputStream body, DataOutputStream out) throws IOException {
    String topic = body.readUTF();
    published.add(topic);
    if ((first & 6) != 0) {
      byte[] id = body.readNBytes(2);
      int reason = onPublish.applyAsInt(topic);
      if (reason != SILENT) {
        packet(out, 0x40, id, new byte[] {(byte) reason, 0});
      }
    }
  }

  private void subscribe(DataInputStream body, DataOutputStream out) throws IOException {
    byte[] id = body.readNBytes(2);
    body.skipNBytes(number(body));
    ByteArrayOutputStream reasons = new ByteArrayOutputStream();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    while (body.available() > 0) {
      String filter = body.readUTF();
      body.skipNBytes(1);
      int reason = onSubscribe.applyAsInt(filter);
      if (reason == SILENT) {
        return;
      }
      reasons.write(reason);
      if (reason < 0x80 && retained.containsKey(filter)) {
        message(new DataOutputStream(kept), filter, retained.get(filter));
      }
    }
    packet(out, 0x90, id, new byte[] {0}, reasons.toByteArray());
    out.write(kept.toByteArray());
  }

  private void unsubscribe(DataInputStream body, DataOutputStream out) throws IOException {
    byte[] id = body.readNBytes(2);
    body.skipNBytes(number(body));
    ByteArrayOutputStream reasons = new ByteArrayOutputStream();
    while (body.available() > 0) {
      body.readUTF();
      reasons.write(0);
    }
    packet(out, 0xB0, id, new byte[] {0}, reasons.toByteArray());
  }

  private static void message(DataOutputStream out, String topic, String json) throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    new DataOutputStream(name).writeUTF(topic);
    byte[] payload = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    packet(out, RETAINED, name.toByteArray(), new byte[] {0}, payload);
  }

  private static void packet(DataOutputStream out, int first, byte[]... parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.write(part);
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    int left = body.size();
    do {
      packet.write(left > 0x7F ? (left & 0x7F) | 0x80 : left);
      left >>= 7;
    } while (left > 0);
    body.writeTo(packet);
    out.write(packet.toByteArray());
  }

  private static int number(DataInputStream in) throws IOException {
    int value = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      value |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit > 0x7F);
    return value;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    await().until(() -> !thread.isAlive());
  }
}
