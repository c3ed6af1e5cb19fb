package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A broker in bytes: keeps what comes, packet by packet, and answers as its test says. */
final class ScriptedPeer implements AutoCloseable {
  static final int SECONDS = 10;

  /** A packet that came: its first byte, and what follows the length. */
  record Packet(int first, List<Byte> body) {
    int type() {
      return first >> 4;
    }

    int at(int index) {
      return body.get(index) & 0xFF;
    }
  }

  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Packet> came = new LinkedBlockingQueue<>();
  private final Function<Packet, byte[]> answers;
  private final Thread thread;
  private volatile Socket client = new Socket();

  /** Answers each packet with bytes, maybe none. */
  ScriptedPeer(Function<Packet, byte[]> answers) throws IOException {
    this.answers = answers;
    this.thread = new Thread(this::serve, "doorstep-scripted-peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a well-behaved broker answers, which grants that in its CONNACK. */
  static Function<Packet, byte[]> granting(byte[] properties) {
    return packet ->
        switch (packet.type()) {
          case 1 -> Wire.connack(properties);
          case 3 -> acknowledgement(packet);
          case 8 -> Wire.packet(0x90, id(packet, 0), new byte[] {0, 1});
          case 10 -> Wire.packet(0xB0, id(packet, 0), new byte[] {0, 0});
          case 12 -> Wire.PING_RESPONSE;
          default -> Wire.NONE;
        };
  }

  static byte[] acknowledgement(Packet publish) {
    return (publish.first() & 6) == 0
        ? Wire.NONE
        : Wire.packet(0x40, id(publish, 2 + publish.at(0) * 256 + publish.at(1)));
  }

  private static byte[] id(Packet packet, int at) {
    return new byte[] {packet.body().get(at), packet.body().get(at + 1)};
  }

  BrokerLogin login() {
    return new BrokerLogin(
        new BrokerAddress("127.0.0.1", server.getLocalPort()),
        "point",
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(SECONDS),
        Duration.ofMinutes(1),
        Optional.empty());
  }

  /** The next packet of a type. */
  Packet next(int type) throws InterruptedException {
    Packet packet = came.poll(SECONDS, TimeUnit.SECONDS);
    while (packet != null && packet.type() != type) {
      packet = came.poll(SECONDS, TimeUnit.SECONDS);
    }
    assertThat(packet).as("a packet of type %d", type).isNotNull();
    return java.util.Objects.requireNonNull(packet);
  }

  /** Whether packets of a type wait to be looked at. */
  boolean has(int type) {
    return came.stream().anyMatch(packet -> packet.type() == type);
  }

  synchronized void send(byte[] bytes) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void hangUp() throws IOException {
    client.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        client = socket;
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int first = in.read(); first >= 0; first = in.read()) {
          byte[] body = in.readNBytes(length(in));
          List<Byte> kept = new ArrayList<>();
          for (int i = 0; i < Math.min(body.length, 200); i++) {
            kept.add(body[i]);
          }
          Packet packet = new Packet(first, kept);
          send(answers.apply(packet));
          came.add(packet);
        }
        came.add(new Packet(0, List.of())); // the end
      } catch (IOException e) {
        came.add(new Packet(0, List.of())); // the end as well
      }
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit > 0x7F);
    return length;
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
