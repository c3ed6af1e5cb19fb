package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;

class NoDelaySocketsTest {
  private static final int SECONDS = 10;

  @Test
  void givesTheSameStreamEachTime() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 5, here);
        Socket socket = new NoDelaySockets().createSocket(here, server.getLocalPort())) {
      assertThat(socket.getInputStream())
          .isInstanceOf(ReadablePackets.class)
          .isSameAs(socket.getInputStream());
    }
  }

  @Test
  void socketsWithTlsHaveNoDelayEither() throws IOException {
    BrokerLogin login =
        new BrokerLogin(
            new BrokerAddress("broker.example", 8883, true),
            "point",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(SECONDS),
            Duration.ofMinutes(1),
            Optional.empty());
    try (Socket socket = NoDelaySockets.of(login).createSocket()) {
      assertThat(socket).isInstanceOf(TlsSocket.class);
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void pahoLivesWithLargeReceiveMaximumAndLongCorrelationData() throws Exception {
    BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    CompletableFuture<Integer> lost = new CompletableFuture<>();
    BrokerConnection.Events events =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection connection, String topic, MqttMessage message) {
            arrived.add(topic + " " + message.getProperties().getResponseTopic());
          }

          @Override
          public void lost(BrokerConnection connection, int reason) {
            lost.complete(reason);
          }
        };
    try (Broker broker = new Broker();
        BrokerConnection connection =
            BrokerConnection.open(
                broker.login(), List.of(new MqttSubscription("t/#", 1)), events)) {
      CompletableFuture<Integer> acknowledged = new CompletableFuture<>();
      connection.publish(
          "out", new MqttMessage(new byte[] {1}, 1, false, null), acknowledged::complete);
      assertThat(acknowledged.get(SECONDS, TimeUnit.SECONDS)).isZero();

      byte[] response = Wire.text(8, Wire.utf8("reply"));
      broker.send(
          Wire.publish("t/long", Wire.join(response, Wire.correlation(40_000)), new byte[9]));
      assertThat(broker.acknowledged()).isTrue();
      broker.send(Wire.publish("t/\u0001", response, new byte[9]));
      assertThat(broker.acknowledged()).isTrue();
      broker.send(Wire.publish("t/next", response, new byte[100_000]));
      assertThat(broker.acknowledged()).isTrue();

      assertThat(arrived.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("t/long null");
      assertThat(arrived.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("unreadable null");
      assertThat(arrived.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("t/next reply");
      assertThat(lost).isNotDone();
    }
  }

  /** Answers one client as a broker with a Receive Maximum of 65 535 does. */
  private static final class Broker implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Boolean> acknowledgements = new LinkedBlockingQueue<>();
    private final CompletableFuture<Socket> client = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    Broker() throws IOException {
      Thread thread = new Thread(this::serve, "doorstep-scripted-broker");
      thread.setDaemon(true);
      thread.start();
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

    synchronized void send(byte[] packet) throws IOException {
      OutputStream out = client.join().getOutputStream();
      out.write(packet);
      out.flush();
    }

    boolean acknowledged() throws InterruptedException {
      return acknowledgements.poll(SECONDS, TimeUnit.SECONDS) != null;
    }

    private void serve() {
      try (Socket socket = server.accept();
          DataInputStream in = new DataInputStream(socket.getInputStream())) {
        client.complete(socket);
        for (int first = in.read(); first >= 0; first = in.read()) {
          byte[] body = in.readNBytes(in.readUnsignedByte()); // they are all short
          answer(first >> 4, body);
        }
      } catch (IOException e) {
        client.completeExceptionally(e); // has no effect once the client is there
      } finally {
        ended.complete(true);
      }
    }

    private void answer(int type, byte[] body) throws IOException {
      switch (type) {
        case 1 -> send(Wire.connack(Wire.receiveMaximum(65_535)));
        case 3 -> send(new byte[] {0x40, 2, body[5], body[6]});
        case 4 -> acknowledgements.add(true);
        case 8 -> send(new byte[] {(byte) 0x90, 4, body[0], body[1], 0, 1});
        case 12 -> send(Wire.PING_RESPONSE);
        default -> {} // DISCONNECT: the end of the stream follows
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      assertThat(ended.orTimeout(SECONDS, TimeUnit.SECONDS).join()).isTrue();
    }
  }
}
