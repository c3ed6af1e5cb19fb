package dev.doorstep.agent.link;

import dev.doorstep.agent.config.Configuration.MqttSettings;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tries to log in at the broker, beside an agent that may be connected. */
public final class BrokerTrial {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private BrokerTrial() {}

  /**
   * Connects with the point's user and certificate, but with a client id of its own, so that the
   * point's session is not taken over.
   *
   * @return what went wrong, whose text says what to do, or empty if the broker let the point in
   */
  public static Optional<IOException> problem(MqttSettings settings) {
    try {
      BrokerLogin login =
          new BrokerLogin(
              settings.address(),
              "doorstep-check-" + Names.random(),
              settings.username(),
              PointSession.password(settings.passwordFile()),
              PATIENCE,
              Duration.ZERO,
              Optional.empty(),
              settings.tlsFiles());
      BrokerConnection.open(login, List.of(), new Deaf()).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /** Nothing is subscribed to, and what ends it is told by the opening. */
  private static final class Deaf implements BrokerConnection.Events {
    @Override
    public void arrived(BrokerConnection connection, Message message) {}

    @Override
    public void lost(BrokerConnection connection, int reason) {}
  }
}
