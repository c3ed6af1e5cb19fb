package dev.doorstep.agent.center;

import dev.doorstep.simulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The center's client over embedded Artemis. */
class ArtemisCenterTest extends CenterContract {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  String broker() {
    return broker.url();
  }

  @Override
  boolean keepsForNobody() {
    return false;
  }
}
