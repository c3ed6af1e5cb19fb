package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A few kills over embedded Artemis. */
class ArtemisKillTest extends KillContract {
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
  String broker() {
    return broker.url();
  }

  @Override
  int kills() {
    return 4;
  }
}
