package dev.doorstep.driver.echo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class SayTest {
  @Test
  void tellsThatTheTextIsMissing() {
    assertThatThrownBy(() -> Codec.parameters(Say.TYPE, JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("parameters: text is missing");
  }
}
