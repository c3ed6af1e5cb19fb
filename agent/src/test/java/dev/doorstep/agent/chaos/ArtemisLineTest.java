package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Bad lines to embedded Artemis. */
class ArtemisLineTest extends LineContract {
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(0);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Override
  int port() {
    return broker.port();
  }

  @Override
  int troubles() {
    return 8;
  }

  @Override
  int crashes() {
    return 0;
  }
}
