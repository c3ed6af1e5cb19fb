package dev.doorstep.protocol.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.schema.Contract;
import dev.doorstep.protocol.schema.Mutants;
import dev.doorstep.protocol.schema.Samples;
import dev.doorstep.protocol.schema.Schemas;
import dev.doorstep.protocol.schema.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The small validator of the check agrees with a whole one about everything of the contract. */
class ShapeTest {
  static Stream<Class<?>> messages() {
    return Contract.MESSAGES.stream();
  }

  static Stream<OperationType<?, ?>> operations() {
    return Contract.OPERATIONS.stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void agreesAboutMessages(Class<?> form) {
    agrees(Schemas.message(form), Samples.of(form));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void agreesAboutParameters(OperationType<?, ?> type) {
    Samples.of(type).forEach(sample -> agrees(Schemas.of(type).parameters(), sample));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void agreesAboutResults(OperationType<?, ?> type) {
    agrees(Schemas.of(type).result(), "{'state':'PRINTED','answer':'GIVEN','pieces':1}");
  }

  @Test
  void saysWhereAndNeverWhat() {
    JsonNode schema = json("{'properties':{'a':{'items':{'type':'integer'}}},'required':['b']}");
    assertThat(Shape.problems(schema, json("{'a':[1,'secret']}")))
        .containsExactly("$.b is missing", "$.a[1] must be integer");
  }

  private static void agrees(JsonNode schema, String sample) {
    JsonNode whole = json(sample);
    List<JsonNode> values = new ArrayList<>(Mutants.of(schema, whole));
    values.add(whole);
    for (JsonNode value : values) {
      assertThat(Shape.problems(schema, value).isEmpty())
          .as(() -> "%s: %s".formatted(value, Validation.problems(schema, value)))
          .isEqualTo(Validation.problems(schema, value).isEmpty());
    }
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
