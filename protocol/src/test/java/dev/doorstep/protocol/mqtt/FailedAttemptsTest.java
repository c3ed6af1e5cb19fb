package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An attempt that fails leaves nothing behind: a point makes thousands while its broker hangs. */
class FailedAttemptsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;

  private String client = "";

  @BeforeEach
  void name(TestInfo test) {
    client = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void brokerThatAcceptsAndSaysNothing() throws Exception {
    try (Peer peer = new Peer(Manner.SILENT)) {
      attempts(peer, false, "it does not answer");
      assertThat(peer.clients()).hasSize(ATTEMPTS).allMatch(FailedAttemptsTest::isClosedByClient);

      peer.manner = Manner.ANSWERING; // and the next attempt succeeds
      BrokerConnection.open(peer.login(client, false), List.of(), new Deaf()).close();
    }
    nothingIsLeft();
  }

  @Test
  void brokerThatHangsUpAtOnce() throws Exception {
    try (Peer peer = new Peer(Manner.HANGING_UP)) {
      attempts(peer, false, "");
    }
    nothingIsLeft();
  }

  @Test
  void brokerThatDoesNotAnswerTls() throws Exception {
    try (Peer peer = new Peer(Manner.SILENT)) {
      attempts(peer, true, "");
      assertThat(peer.clients()).hasSize(ATTEMPTS).allMatch(FailedAttemptsTest::isClosedByClient);
    }
    nothingIsLeft();
  }

  /** Each byte comes soon after the one before, and the handshake is not over in a day. */
  @Test
  void brokerThatAnswersTlsByteByByte() throws Exception {
    try (Peer peer = new Peer(Manner.DRIPPING)) {
      attempts(peer, true, "");
    }
    nothingIsLeft();
  }

  @Test
  void nobodyListens() throws Exception {
    Peer gone = new Peer(Manner.SILENT);
    gone.close();
    attempts(gone, false, "refused");
    nothingIsLeft();
  }

  private void attempts(Peer peer, boolean secured, String text) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      assertThatThrownBy(
              () -> BrokerConnection.open(peer.login(client, secured), List.of(), new Deaf()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining(text);
    }
  }

  private void nothingIsLeft() {
    await().atMost(LONG).untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  /** A line's thread is named after the client. */
  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(client))
        .toList();
  }

  private static boolean isClosedByClient(Socket socket) {
    try {
      socket.setSoTimeout((int) LONG.toMillis());
      while (socket.getInputStream().read() >= 0) {
        // what it had said
      }
      return true;
    } catch (SocketException e) {
      return true; // reset
    } catch (IOException e) {
      return false;
    }
  }

  private enum Manner {
    SILENT,
    HANGING_UP,
    DRIPPING,
    ANSWERING
  }

  /** Accepts connections, and treats them in one manner. */
  private static final class Peer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Socket> clients = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "doorstep-peer");
    private volatile Manner manner;

    Peer(Manner manner) throws IOException {
      this.manner = manner;
      thread.setDaemon(true);
      thread.start();
    }

    BrokerLogin login(String client, boolean secured) {
      return new BrokerLogin(
          new BrokerAddress("127.0.0.1", server.getLocalPort(), secured),
          client,
          Optional.empty(),
          Optional.empty(),
          manner == Manner.ANSWERING ? LONG : Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Optional.empty());
    }

    List<Socket> clients() {
      return List.copyOf(clients);
    }

    private void serve() {
      while (!server.isClosed()) {
        try {
          Socket client = server.accept();
          clients.add(client);
          treat(client);
        } catch (IOException e) {
          assertThat(e).isInstanceOf(SocketException.class); // it or its client is closed
        }
      }
    }

    private void treat(Socket client) throws IOException {
      switch (manner) {
        case SILENT -> {}
        case HANGING_UP -> client.close();
        case DRIPPING -> drip(client);
        case ANSWERING -> answer(client);
      }
    }

    /** The head of a record of the handshake, and then its 16 000 bytes. */
    private void drip(Socket client) throws IOException {
      client.getOutputStream().write(new byte[] {0x16, 3, 3, 0x3E, (byte) 0x80});
      client.getOutputStream().write(new byte[] {2, 0, 0x3E, 0x7C});
      BlockingQueue<Integer> nothing = new LinkedBlockingQueue<>();
      try {
        while (!server.isClosed()) {
          client.getOutputStream().write(3);
          nothing.poll(50, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void answer(Socket client) throws IOException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readUnsignedByte();
      in.readNBytes(in.readUnsignedByte()); // CONNECT, which is short
      client.getOutputStream().write(Wire.connack(Wire.NONE));
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket client : clients) {
        client.close();
      }
      await().atMost(LONG).until(() -> !thread.isAlive());
    }
  }

  private static final class Deaf implements BrokerConnection.Events {
    @Override
    public void arrived(BrokerConnection connection, Message message) {}

    @Override
    public void lost(BrokerConnection connection, int reason) {}
  }
}
