package dev.doorstep.agent.chaos;

import dev.doorstep.agent.HiveMqBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A few kills over HiveMQ CE. */
class HiveMqKillTest extends KillContract {
  @TempDir private Path home;
  private HiveMqBroker broker;

  @BeforeEach
  void start() {
    broker = HiveMqBroker.start(home);
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
