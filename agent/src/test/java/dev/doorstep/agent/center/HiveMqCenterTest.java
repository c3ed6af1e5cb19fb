package dev.doorstep.agent.center;

import dev.doorstep.agent.HiveMqBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The center's client over HiveMQ CE. */
class HiveMqCenterTest extends CenterContract {
  private static HiveMqBroker broker;

  @BeforeAll
  static void start(@TempDir Path folder) {
    broker = HiveMqBroker.start(folder);
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
    return true;
  }
}
