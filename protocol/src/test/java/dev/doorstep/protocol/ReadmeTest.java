package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.conformance.Rule;
import dev.doorstep.protocol.operation.Description;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.schema.Contract;
import dev.doorstep.protocol.schema.Schemas;
import dev.doorstep.protocol.schema.Validation;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the README shows is what the code does. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```json ([^\n]+)\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, OperationType<?, ?>> OPERATIONS =
      Contract.OPERATIONS.stream()
          .collect(Collectors.toMap(OperationType::name, Function.identity()));
  private static final Map<String, Class<?>> MESSAGES =
      Stream.of(Command.class, Reply.class, PointStatus.class, PointAbout.class, Content.class)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  @Test
  void showsExamplesThatAreWhatTheRecordsWrite() throws Exception {
    Set<String> shown = new LinkedHashSet<>();
    Matcher example = EXAMPLE.matcher(readme());
    while (example.find()) {
      shown.add(example.group(1));
      ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(example.group(2));
      String[] what = example.group(1).split(" ");
      Object read;
      JsonNode schema;
      if (what[0].equals("parameters")) {
        read = Codec.parameters(operation(what[1]), tree);
        schema = Schemas.of(operation(what[1])).parameters();
      } else if (what[0].equals("result")) {
        read = Codec.read(operation(what[1]).result(), tree);
        schema = Schemas.of(operation(what[1])).result();
      } else if (what[0].equals("Command")) {
        read = Codec.command(example.group(2).getBytes(StandardCharsets.UTF_8));
        schema = Schemas.message(Command.class);
      } else {
        read = Codec.read(Objects.requireNonNull(MESSAGES.get(what[0])), tree);
        schema = Schemas.message(Objects.requireNonNull(MESSAGES.get(what[0])));
      }
      assertThat(Validation.problems(schema, tree)).as(example.group(1)).isEmpty();
      ObjectNode written = Codec.tree(read);
      if (what[0].equals("parameters")) { // what is the default is left out
        assertThat(Codec.parameters(operation(what[1]), written))
            .as(example.group(1))
            .isEqualTo(read);
      } else {
        assertThat(JsonMapper.shared().readTree(written.toString()))
            .as(example.group(1))
            .isEqualTo(tree);
      }
    }
    Set<String> all = new LinkedHashSet<>(MESSAGES.keySet());
    OPERATIONS
        .keySet()
        .forEach(name -> all.addAll(List.of("parameters " + name, "result " + name)));
    assertThat(shown).containsAll(all);
    assertThat(readme()).doesNotContain("```json\n");
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // each type fits its own parameters
  private static OperationType<Operation<Object>, Object> operation(String name) {
    return (OperationType) Objects.requireNonNull(OPERATIONS.get(name));
  }

  @Test
  void mentionsEveryMemberAndEveryValue() throws Exception {
    String readme = readme();
    Set<Class<?>> records = new LinkedHashSet<>(MESSAGES.values());
    OPERATIONS.values().forEach(type -> records.addAll(List.of(type.parameters(), type.result())));
    List<String> missing = new ArrayList<>();
    Set<Class<?>> seen = new LinkedHashSet<>();
    records.forEach(type -> inspect(type, readme, missing, seen));

    assertThat(seen).contains(DeviceStatus.Supply.class, Problem.class, Content.Blob.class);
    assertThat(missing).isEmpty();
  }

  private static void inspect(Type type, String readme, List<String> missing, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(t -> inspect(t, readme, missing, seen));
      return;
    }
    if (!(type instanceof Class<?> form)
        || !form.getName().startsWith("dev.doorstep")
        || !seen.add(form)) {
      return;
    }
    if (form.isSealed()) {
      Stream.of(form.getPermittedSubclasses()).forEach(t -> inspect(t, readme, missing, seen));
    }
    if (form.isEnum() && form != ErrorCode.class) {
      Stream.of(form.getEnumConstants())
          .map(Object::toString)
          .filter(value -> !readme.contains(value))
          .forEach(value -> missing.add(form.getSimpleName() + " " + value));
    }
    if (form.isRecord()) {
      for (RecordComponent component : form.getRecordComponents()) {
        String name = jsonName(form, component);
        if (!readme.contains("`" + name + "`")) {
          missing.add(form.getSimpleName() + "." + name);
        }
        inspect(component.getGenericType(), readme, missing, seen);
      }
    }
  }

  private static String jsonName(Class<?> form, RecordComponent component) {
    try {
      var property = form.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
      return property == null ? component.getName() : property.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void listsEveryErrorAndState() throws Exception {
    String errors =
        Arrays.stream(ErrorCode.values())
            .map(
                code ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            code,
                            code.kind(),
                            code.retryable() ? "yes" : "no",
                            code.recovery(Locale.ENGLISH)))
            .collect(Collectors.joining());
    assertThat(readme())
        .contains("| code | kind | retryable | recovery |\n|---|---|---|---|\n" + errors + "\n");
    for (State state : State.values()) {
      assertThat(readme())
          .contains("| `%s` | %s |".formatted(state, state.isFinal() ? "yes" : "no"));
    }
  }

  @Test
  void listsEveryTopic() throws Exception {
    Topics topics = new Topics("P");
    for (String topic :
        List.of(
            topics.command("D"),
            topics.reply("C"),
            topics.upload("C", "B", 7),
            topics.blob("C", "B", 7),
            topics.preview("C", "I"),
            topics.event("D"),
            topics.telemetry(),
            topics.inspection(),
            topics.status(),
            topics.about(),
            topics.device("D"))) {
      String below =
          topic
              .replace("doorstep/v1/P/", "")
              .replace("/D", "/{device}")
              .replace("/C", "/{client}")
              .replace("/I", "/{id}")
              .replace("/B/7", "/{blob}/{n}");
      assertThat(readme()).contains("| `" + below + "` |");
    }
    assertThat(readme()).contains(Topics.replies("C").replace("/C", "/{client}"));
    assertThat(readme()).contains(Topics.blobs("C").replace("/C", "/{client}"));
  }

  @Test
  void listsEveryRule() throws Exception {
    String rules =
        Arrays.stream(Rule.values())
            .map(
                rule ->
                    "| `%s` | %s | %s |\n"
                        .formatted(
                            rule, rule.group().text(Locale.ENGLISH), rule.text(Locale.ENGLISH)))
            .collect(Collectors.joining());
    assertThat(readme()).contains("| rule | about | what holds |\n|---|---|---|\n" + rules + "\n");
  }

  @Test
  void namesTheDigestsAndLimitsThatAgentsAnnounce() throws Exception {
    for (OperationType<?, ?> type : List.of(PrintTicket.TYPE, ReadDeviceStatus.TYPE)) {
      assertThat(readme()).contains("\"schema\": \"" + Schemas.of(type).digest() + "\"");
    }
    ObjectNode described =
        Codec.tree(
            new Description(
                Map.of(
                    Schemas.of(ReleaseBlob.TYPE).digest(),
                    Schemas.of(ReleaseBlob.TYPE).described())));
    Matcher example = EXAMPLE.matcher(readme());
    assertThat(
            example
                .results()
                .filter(found -> found.group(1).equals("result agent.describe"))
                .map(found -> JsonMapper.shared().readTree(found.group(2))))
        .containsExactly(JsonMapper.shared().readTree(described.toString()));
  }

  @Test
  void showsAListingThatCompiles() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/dev/doorstep/protocol/center/FirstCall.java"));
    String body =
        source.substring(source.indexOf("    try ("), source.lastIndexOf("  }\n}")).indent(-4);
    assertThat(readme()).contains("```java\n" + body + "```");
  }

  @Test
  void showsACommandForTheShellThatIsOne() throws Exception {
    Matcher shell = Pattern.compile("mosquitto_rr .* -m '(.*)'\n").matcher(readme());
    assertThat(shell.find()).isTrue();
    Command command = Codec.command(shell.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(Codec.parameters(ReadIdCard.TYPE, command.parameters()).patience()).hasSeconds(5);
  }
}
