package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad lines to mosquitto, which is killed besides; {@code -Ddoorstep.troubles=200
 * -Ddoorstep.crashes=20} for more of both. It writes down what it has after each change, but not
 * before it says so: what it loses in a crash the application calls again.
 */
@RealComponent("mosquitto")
class MosquittoLineTest extends LineContract {
  @TempDir private Path home;
  private MosquittoBroker broker;

  @BeforeEach
  void start() {
    broker =
        MosquittoBroker.start(
            home,
            "persistence true",
            "persistence_location " + home + "/",
            "autosave_on_changes true",
            "autosave_interval 1");
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
    return Integer.getInteger("doorstep.troubles", 20);
  }

  @Override
  int crashes() {
    return Integer.getInteger("doorstep.crashes", 3);
  }

  @Override
  void crash() {
    broker.kill();
    broker.restart();
  }
}
