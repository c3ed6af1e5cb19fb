package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a device tells by itself.
 *
 * @param id the event's own name
 * @param event such as {@code card.placed}
 * @param time when, by the point's clock
 * @param session the agent's session
 * @param sequence counts the events of a session from 1
 * @param caseNumber the case it belongs to
 * @param data what the event says; may hold personal data
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeviceEvent(
    String id,
    String event,
    Instant time,
    String session,
    long sequence,
    @JsonProperty("case") Optional<String> caseNumber,
    JsonNode data) {
  /** Name and number, without the data. */
  @Override
  public String toString() {
    return "DeviceEvent[" + event + " " + sequence + "]";
  }
}
