package dev.doorstep.agent.chaos;

import dev.doorstep.agent.HiveMqBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Bad lines to HiveMQ CE. */
class HiveMqLineTest extends LineContract {
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
