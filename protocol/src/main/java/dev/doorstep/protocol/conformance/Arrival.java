package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.mqtt.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A message that came, as it came.
 *
 * @param number the how many-eth it is of its client
 * @param topic its topic
 * @param message the message
 * @param json what stands in it; missing if it is no JSON
 */
record Arrival(int number, String topic, Message message, JsonNode json) {
  static Arrival of(int number, Message message, boolean text) {
    return new Arrival(
        number,
        message.topic(),
        message,
        text ? parsed(message.payload()) : JsonNodeFactory.instance.missingNode());
  }

  private static JsonNode parsed(byte[] payload) {
    try {
      return Codec.read(JsonNode.class, payload);
    } catch (InvalidMessageException e) {
      return JsonNodeFactory.instance.missingNode(); // what is no JSON is judged, not thrown
    }
  }

  /** A text member of the message, or empty text. */
  String text(String member) {
    return json.path(member).asString("");
  }

  String state() {
    return text("state");
  }

  /** The code of the error, or empty text. */
  String code() {
    return json.path("error").path("code").asString("");
  }

  boolean isFinal() {
    return Arrays.stream(State.values())
        .anyMatch(known -> known.isFinal() && known.toString().equals(state()));
  }

  boolean isState(State known) {
    return known.toString().equals(state());
  }

  /** The Correlation Data in hexadecimal digits. */
  Optional<String> correlation() {
    return message.headers().correlation().map(HexFormat.of()::formatHex);
  }

  /** State and code, without anything of the result. */
  @Override
  public String toString() {
    String error = code().isEmpty() ? "" : " " + code();
    return state().isEmpty() ? "no reply of the contract" : state() + error;
  }
}
