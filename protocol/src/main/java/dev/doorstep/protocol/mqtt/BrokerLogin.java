package dev.doorstep.protocol.mqtt;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * With what a client comes to its broker. Its session is kept there when it goes.
 *
 * @param address where the broker is
 * @param clientId the client's stable name there
 * @param username the user
 * @param password the user's password
 * @param patience how long one attempt may take
 * @param sessionExpiry how long the broker keeps the session of a client that is away
 * @param will what the broker says in the client's place if it goes without a word
 */
public record BrokerLogin(
    BrokerAddress address,
    String clientId,
    Optional<String> username,
    Optional<String> password,
    Duration patience,
    Duration sessionExpiry,
    Optional<Will> will) {

  /** A last message and its topic. */
  public record Will(String topic, MqttMessage message) {}

  /** Address and client, without the password. */
  @Override
  public String toString() {
    return "BrokerLogin[" + clientId + " at " + address + "]";
  }
}
