package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Kills over mosquitto; {@code -Ddoorstep.kills=200} for more of them. */
@RealComponent("mosquitto")
class MosquittoKillTest extends KillContract {
  @TempDir private Path home;
  private MosquittoBroker broker;

  @BeforeEach
  void start() {
    broker = MosquittoBroker.start(home);
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
    return Integer.getInteger("doorstep.kills", 20);
  }
}
