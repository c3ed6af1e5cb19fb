package dev.doorstep.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealComponent("mosquitto")
class MosquittoBrokerTest {

  @TempDir Path folder;

  private static boolean takesClients(MosquittoBroker broker) throws MqttException {
    MqttClient client =
        new MqttClient("tcp" + broker.url().substring(4), "anyone", new MemoryPersistence());
    try {
      client.connect();
      return client.isConnected();
    } finally {
      client.disconnect();
      client.close();
    }
  }

  private static void refuses(MosquittoBroker broker) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), broker.port()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void takesClientsUntilItIsClosed() throws Exception {
    MosquittoBroker broker = MosquittoBroker.start(folder);
    try (broker) {
      assertThat(broker.url()).isEqualTo("mqtt://127.0.0.1:" + broker.port());
      assertThat(takesClients(broker)).isTrue();
    }
    refuses(broker);
  }

  @Test
  void comesBackOnItsPortAfterARestartAndAfterItWasKilled() throws Exception {
    try (MosquittoBroker broker = MosquittoBroker.start(folder)) {
      int port = broker.port();
      broker.restart();
      assertThat(takesClients(broker)).isTrue();
      broker.kill();
      refuses(broker);
      broker.restart();
      assertThat(takesClients(broker)).isTrue();
      assertThat(broker.port()).isEqualTo(port);
    }
  }

  @Test
  void furtherSettingsCountAndWrongOnesAreTold() {
    try (MosquittoBroker broker = MosquittoBroker.start(folder, "max_packet_size 20000")) {
      assertThat(folder.resolve("mosquitto.conf")).content().contains("max_packet_size 20000");
      assertThat(broker.port()).isPositive();
    }
    assertThatThrownBy(() -> MosquittoBroker.start(folder, "nonsense yes").close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nonsense");
  }
}
