package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class HeldPortTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void nobodyIsThereAndWhoeverKnowsItMayListenAgainAndAgain() throws Exception {
    try (HeldPort held = HeldPort.take(0)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> new Socket(HERE, held.port()).close())
            .isInstanceOf(ConnectException.class);
        try (ServerSocket server = Sockets.listen(held.port());
            Socket client = new Socket(HERE, held.port());
            Socket accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
      }
    }
  }

  @Test
  void nobodyIsGivenItWhoAsksForAnyPort() throws Exception {
    List<ServerSocket> others = new ArrayList<>();
    try (HeldPort held = HeldPort.take(0)) {
      for (int i = 0; i < 500; i++) {
        others.add(new ServerSocket(0, 1, HERE));
      }
      assertThat(others).extracting(ServerSocket::getLocalPort).doesNotContain(held.port());
    } finally {
      for (ServerSocket other : others) {
        other.close();
      }
    }
  }

  @Test
  void oneThatSomebodyListensOnCannotBeTaken() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, HERE)) {
      assertThatThrownBy(() -> HeldPort.take(server.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + server.getLocalPort());
    }
  }
}
