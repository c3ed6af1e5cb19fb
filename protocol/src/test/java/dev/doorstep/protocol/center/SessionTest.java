package dev.doorstep.protocol.center;

import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong while connecting, it is tried again. */
class SessionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private ScriptedBroker broker;

  /** Notes what it is told, and fails over its second connection. */
  private final class Fussy implements Session.Events {
    @Override
    public void connected(BrokerConnection connection) {
      if (told.incrementAndGet() == 2) {
        throw new IllegalStateException("a defect while connected");
      }
    }

    @Override
    public void disconnected() {
      if (lost.incrementAndGet() == 1) {
        throw new IllegalStateException("a defect while disconnected");
      }
    }

    @Override
    public void arrived(Message message) {
      throw new IllegalStateException("nothing comes here");
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private BrokerConnection open(BrokerLogin login, BrokerConnection.Events events)
      throws IOException {
    if (attempts.incrementAndGet() == 2) {
      throw new IllegalStateException("a defect while connecting");
    }
    return BrokerConnection.open(login, List.of(), events);
  }

  @Test
  void aDefectDoesNotEndTheReconnecting() throws Exception {
    BrokerAddress address = BrokerAddress.of(broker.url());
    BrokerLogin login =
        new BrokerLogin(
            address, "hall", Optional.empty(), Optional.empty(), LONG, LONG, Optional.empty());
    Session session =
        new Session(address, events -> open(login, events), new Fussy(), "session-test");
    try {
      session.start();

      broker.cut();

      await().atMost(LONG).until(() -> told.get() == 3);
      broker.cut();
      await().atMost(LONG).until(() -> told.get() == 4);
    } finally {
      session.close();
    }
  }
}
