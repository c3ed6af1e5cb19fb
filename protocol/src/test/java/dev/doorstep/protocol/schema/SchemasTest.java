package dev.doorstep.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadIdCard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas take what the records take, and refuse what they refuse. */
class SchemasTest {
  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  static Stream<Class<?>> messages() {
    return Contract.MESSAGES.stream();
  }

  static Stream<OperationType<?, ?>> operations() {
    return Contract.OPERATIONS.stream();
  }

  /** What JSON Schema cannot say of our messages. */
  private static final Set<String> UNSAID =
      Set.of(
          "size and pieces of a blob do not fit",
          "base64 is not valid",
          "timeout must be above PT0S and at most PT15M",
          "wait must be PT0S to PT15M",
          "time must be PT1S to PT15M",
          "stay must be PT1S to PT15M");

  private interface Reading {
    void read(JsonNode value) throws InvalidMessageException;
  }

  private static boolean takes(Reading record, JsonNode value) {
    return refusal(record, value).isEmpty();
  }

  private static Optional<String> refusal(Reading record, JsonNode value) {
    try {
      record.read(value);
      return Optional.empty();
    } catch (InvalidMessageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean unsaid(Reading record, JsonNode value) {
    return refusal(record, value)
        .filter(text -> UNSAID.stream().anyMatch(text::contains))
        .isPresent();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // each type fits its own parameters
  private static Reading parameters(OperationType<?, ?> type) {
    OperationType<Operation<Object>, Object> one = (OperationType) type;
    return value ->
        Codec.parameters(
            one, value instanceof ObjectNode object ? object : json("{'not':'an object'}"));
  }

  private static Reading message(Class<?> form) {
    return form == Command.class
        ? value -> Codec.command(value.toString().getBytes(StandardCharsets.UTF_8))
        : value -> Codec.read(form, value);
  }

  private static List<JsonNode> variants(JsonNode schema, Reading record, String whole) {
    List<JsonNode> values = new ArrayList<>(Mutants.of(schema, json(whole)));
    values.add(json(whole));
    values.removeIf(value -> unsaid(record, value));
    return values;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void agreeWithTheRecordsOfParameters(OperationType<?, ?> type) {
    JsonNode schema = Schemas.of(type).parameters();
    Reading record = parameters(type);
    List<String> disagreements = new ArrayList<>();
    for (String whole : Samples.of(type)) {
      for (JsonNode value : variants(schema, record, whole)) {
        List<String> problems = Validation.problems(schema, value);
        if (takes(record, value) != problems.isEmpty()) {
          disagreements.add(abbreviated(value) + " schema: " + problems);
        }
      }
    }
    assertThat(disagreements).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void takeWholeMessagesAndRefuseWhatTheRecordsRefuse(Class<?> form) {
    JsonNode schema = Schemas.message(form);
    Reading record = message(form);
    String whole = Samples.of(form);
    assertThat(Validation.problems(schema, json(whole))).isEmpty();
    assertThat(takes(record, json(whole))).isTrue();
    for (JsonNode value : variants(schema, record, whole)) {
      boolean refused = !takes(record, value);
      boolean passes = Validation.problems(schema, value).isEmpty();
      assertThat(refused && passes).as(abbreviated(value)).isFalse();
      assertThat(form == Command.class && !refused && !passes).as(abbreviated(value)).isFalse();
    }
  }

  @Test
  void areClosedForCommandsAndOpenForWhatPointsWrite() {
    ObjectNode command = json(Samples.of(Command.class)).put("zzz", 1);
    ObjectNode reply = json(Samples.of(Reply.class)).put("zzz", 1).put("state", "paused");
    assertThat(Validation.problems(Schemas.message(Command.class), command)).isNotEmpty();
    assertThat(Validation.problems(Schemas.message(Reply.class), reply)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(classes = {ReadIdCard.class, AskEvaluation.class})
  void nameTheRangeOfAWait(Class<?> form) {
    JsonNode wait = new SchemaWriter(true).root(form).path("properties").path("wait");
    OperationType<?, ?> type = form == ReadIdCard.class ? ReadIdCard.TYPE : AskEvaluation.TYPE;
    Duration least = Duration.parse(wait.path("x-minimum").asString());
    Duration most = Duration.parse(wait.path("x-maximum").asString());

    for (Duration in : List.of(least, most)) {
      assertThat(takes(parameters(type), json("{'wait':'" + in + "'}"))).isTrue();
    }
    for (Duration out : List.of(least.minusNanos(1), most.plusNanos(1))) {
      assertThat(takes(parameters(type), json("{'wait':'" + out + "'}"))).isFalse();
    }
  }

  @Test
  void nameTheRangeOfATimeout() {
    JsonNode timeout = Schemas.message(Command.class).path("properties").path("timeout");
    assertThat(timeout.path("x-maximum").asString()).isEqualTo(Command.LONGEST_TIMEOUT.toString());
    assertThat(timeout.path("x-exclusiveMinimum").asString()).isEqualTo("PT0S");
    assertThat(timeout.path("default").asString()).isEqualTo(Command.DEFAULT_TIMEOUT.toString());
    for (String out : List.of("PT0S", "PT15M0.000000001S", "-PT1S")) {
      assertThat(
              takes(
                  message(Command.class),
                  json("{'id':'a','operation':'b','timeout':'" + out + "'}")))
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void nameTheDefaultsThatAreFilledIn(OperationType<?, ?> type) throws Exception {
    JsonNode properties = Schemas.of(type).parameters().path("properties");
    ObjectNode least = json(Samples.of(type).get(0));
    properties.propertyNames().stream()
        .filter(member -> properties.path(member).has("default"))
        .forEach(least::remove);
    for (String member : properties.propertyNames()) {
      JsonNode absent = properties.path(member).path("default");
      if (!absent.isMissingNode()) {
        ObjectNode explicit = least.deepCopy();
        explicit.set(member, absent);
        assertThat(read(type, explicit)).as(member).isEqualTo(read(type, least));
        assertThat(Codec.tree(read(type, explicit)).has(member)).as(member).isFalse();
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // each type fits its own parameters
  private static Object read(OperationType<?, ?> type, ObjectNode parameters)
      throws InvalidMessageException {
    return Codec.parameters(
        (OperationType<Operation<Object>, Object>) (OperationType) type, parameters);
  }

  @Test
  void tellTheLongestLists() {
    assertThat(Schemas.listLimits(PrintTicket.TYPE)).isEqualTo(Map.of("lines", 200L));
    assertThat(Schemas.listLimits(ReadIdCard.TYPE)).isEmpty();
  }

  private static String abbreviated(JsonNode value) {
    String text = value.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
