package dev.doorstep.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyNetworkTest {
  private static final int PATIENCE = 10_000;

  private ServerSocket server;
  private FaultyNetwork network;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    network = FaultyNetwork.to(server.getLocalPort());
    near = client();
    far = server.accept();
    far.setSoTimeout(PATIENCE);
    await().until(() -> network.connections() == 1);
  }

  @AfterEach
  void disconnect() throws IOException {
    near.close();
    far.close();
    server.close();
    network.close();
  }

  private Socket client() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private Socket from(Direction direction) {
    return direction == Direction.TO_SERVER ? near : far;
  }

  private Socket to(Direction direction) {
    return direction == Direction.TO_SERVER ? far : near;
  }

  private static byte[] received(Socket socket, int count) throws IOException {
    return new DataInputStream(socket.getInputStream()).readNBytes(count);
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void carriesEverythingInOrder(Direction direction) throws Exception {
    byte[] bytes = noise(3_000_000);
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              try {
                from(direction).getOutputStream().write(bytes);
                from(direction).shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(received(to(direction), bytes.length)).isEqualTo(bytes);
    assertThat(to(direction).getInputStream().read()).isEqualTo(-1);
    assertThat(written).succeedsWithin(Duration.ofSeconds(10));
    assertThat(network.carried(direction)).isEqualTo(bytes.length);
    // The other half of the connection still goes.
    to(direction).getOutputStream().write(7);
    assertThat(from(direction).getInputStream().read()).isEqualTo(7);
  }

  @Test
  void resetsBothSides() {
    network.reset();

    assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(IOException.class);
    await().until(() -> network.connections() == 0);
  }

  @Test
  void endsBothSides() throws IOException {
    network.end();

    assertThat(near.getInputStream().read()).isEqualTo(-1);
    assertThat(far.getInputStream().read()).isEqualTo(-1);
    await().until(() -> network.connections() == 0);
  }

  @Test
  void refusesNewConnectionsUntilItIsHealed() throws IOException {
    network.refuse();
    try (Socket refused = client()) {
      assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(IOException.class);
    }
    near.getOutputStream().write(1);
    assertThat(far.getInputStream().read()).isEqualTo(1);

    network.heal();
    try (Socket again = client();
        Socket accepted = server.accept()) {
      again.getOutputStream().write(2);
      assertThat(accepted.getInputStream().read()).isEqualTo(2);
    }
    assertThat(network.accepted()).isEqualTo(2);
  }

  @Test
  void leadsToAnotherServerAndResetsWhereNobodyListens() throws IOException {
    int nobody;
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = other.getLocalPort();
      network.target(nobody);
      try (Socket led = client();
          Socket accepted = other.accept()) {
        led.getOutputStream().write(3);
        assertThat(accepted.getInputStream().read()).isEqualTo(3);
      }
    }
    try (Socket lost = client()) {
      assertThatThrownBy(() -> lost.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stallsOneDirectionUntilItIsHealed(Direction direction) throws IOException {
    network.stall(direction);
    from(direction).getOutputStream().write(5);
    from(direction).shutdownOutput();
    to(direction).getOutputStream().write(6);

    assertThat(from(direction).getInputStream().read()).isEqualTo(6);
    to(direction).setSoTimeout(100);
    assertThatThrownBy(() -> to(direction).getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(network.connections()).isEqualTo(1);

    network.heal();
    to(direction).setSoTimeout(PATIENCE);
    assertThat(to(direction).getInputStream().read()).isEqualTo(5);
    assertThat(to(direction).getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void delaysEveryByteByTheSameTime() throws IOException {
    network.delay(Direction.TO_SERVER, Duration.ofMillis(200));
    long start = System.nanoTime();
    byte[] bytes = noise(200_000);

    near.getOutputStream().write(bytes);

    assertThat(received(far, bytes.length)).isEqualTo(bytes);
    // Not sooner, and not each part after the other: that would take two seconds and more.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void limitsTheRate() throws IOException {
    network.limit(Direction.TO_CLIENT, 100_000);
    long start = System.nanoTime();
    byte[] bytes = noise(30_000);

    far.getOutputStream().write(bytes);

    assertThat(received(near, bytes.length)).isEqualTo(bytes);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @EnumSource
  void cutsOnceAtEveryOffset(Direction direction) throws IOException {
    byte[] bytes = noise(20);
    for (int offset = 0; offset < bytes.length; offset++) {
      network.cutAfter(direction, offset);
      from(direction).getOutputStream().write(bytes);

      Socket end = to(direction);
      assertThat(received(end, offset)).hasSize(offset).isEqualTo(Arrays.copyOf(bytes, offset));
      assertThatThrownBy(() -> end.getInputStream().read()).isInstanceOf(IOException.class);
      disconnectSockets();
      near = client();
      far = server.accept();
      far.setSoTimeout(PATIENCE);
    }
    near.getOutputStream().write(9);
    assertThat(far.getInputStream().read()).isEqualTo(9);
  }

  @Test
  void closesWhateverItsState() throws Exception {
    network.stall(Direction.TO_SERVER);
    network.delay(Direction.TO_CLIENT, Duration.ofHours(1));
    near.getOutputStream().write(noise(50_000));
    far.getOutputStream().write(noise(50_000));

    network.close();

    assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
    assertThat(network.connections()).isZero();
    assertThatThrownBy(this::client).isInstanceOf(IOException.class);
  }

  private void disconnectSockets() throws IOException {
    near.close();
    far.close();
  }
}
