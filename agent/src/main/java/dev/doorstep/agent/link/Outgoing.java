package dev.doorstep.agent.link;

import java.io.IOException;
import java.util.Optional;

/**
 * A message on its way to the broker, at QoS 1. Its payload is made when it leaves, so that a large
 * document is not held in memory.
 *
 * @param topic where to
 * @param size bytes of the payload
 * @param payload makes it
 * @param retained whether the broker keeps it for those who come later
 * @param correlation the correlation data of the request, if it had any
 */
record Outgoing(
    String topic, int size, Payload payload, boolean retained, Optional<Correlation> correlation) {

  /** Makes the bytes of a message. */
  interface Payload {
    /**
     * The bytes; not changed any more.
     *
     * @throws IOException if they cannot be read from where they lie
     */
    byte[] bytes() throws IOException;
  }

  static Outgoing of(String topic, byte[] payload, Optional<Correlation> correlation) {
    return new Outgoing(topic, payload.length, () -> payload, false, correlation);
  }

  static Outgoing retained(String topic, byte[] document) {
    return new Outgoing(topic, document.length, () -> document, true, Optional.empty());
  }

  /** Correlation data, echoed as it came. */
  static final class Correlation {
    private final byte[] data;

    Correlation(byte[] data) {
      this.data = data.clone();
    }

    byte[] data() {
      return data.clone();
    }
  }
}
