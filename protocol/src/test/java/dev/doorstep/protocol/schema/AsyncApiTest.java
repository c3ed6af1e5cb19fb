package dev.doorstep.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code contract/asyncapi.yaml} holds together, and describes the topics of the code. */
class AsyncApiTest {
  private static final Path FILE = Path.of("contract/asyncapi.yaml");
  private static final JsonNode API = new YAMLMapper().readTree(FILE);
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");
  private static final Map<String, String> SAMPLE =
      Map.of("point", "P", "device", "D", "client", "C", "blob", "B", "n", "7", "id", "I");

  @Test
  void namesEveryTopicOfThePoint() {
    Topics topics = new Topics("P");
    Set<String> addresses = new TreeSet<>();
    for (JsonNode channel : API.path("channels")) {
      String address = channel.path("address").asString();
      Set<String> named = new TreeSet<>();
      Matcher parameter = PARAMETER.matcher(address);
      addresses.add(
          parameter.replaceAll(
              found -> {
                named.add(found.group(1));
                return SAMPLE.get(found.group(1));
              }));
      assertThat(channel.path("parameters").propertyNames())
          .as(address)
          .containsExactlyInAnyOrderElementsOf(named);
    }

    assertThat(addresses)
        .containsExactlyInAnyOrder(
            topics.command("D"),
            topics.upload("C", "B", 7),
            topics.reply("C"),
            topics.blob("C", "B", 7),
            topics.preview("C", "I"),
            topics.event("D"),
            topics.telemetry(),
            topics.status(),
            topics.about(),
            topics.inspection(),
            topics.device("D"));
  }

  @Test
  void hasNoReferenceIntoTheVoid() {
    List<String> references = new ArrayList<>();
    collect(API, references);

    assertThat(references).hasSizeGreaterThan(40);
    for (String reference : references) {
      String[] parts = reference.split("#", 2);
      JsonNode target = parts[0].isEmpty() ? API : read(FILE.resolveSibling(parts[0]));
      assertThat((parts.length == 1 ? target : target.at(parts[1])).isObject())
          .as(reference)
          .isTrue();
    }
  }

  private static JsonNode read(Path file) {
    assertThat(file).exists();
    return JsonMapper.shared().readTree(file);
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.path("$ref").asString());
    }
    node.forEach(part -> collect(part, references));
  }

  @Test
  void hasOneOperationForEachChannelInTheDirectionOfThePoint() {
    assertThat(API.path("asyncapi").asString()).isEqualTo("3.0.0");
    JsonNode channels = API.path("channels");
    JsonNode operations = API.path("operations");
    assertThat(operations.size()).isEqualTo(channels.size());
    for (JsonNode operation : operations) {
      String reference = operation.path("channel").path("$ref").asString();
      String channel = reference.substring("#/channels/".length());
      boolean receives = channel.equals("command") || channel.equals("upload");
      assertThat(operation.path("action").asString()).isEqualTo(receives ? "receive" : "send");
      for (JsonNode message : operation.path("messages")) {
        assertThat(message.path("$ref").asString()).startsWith(reference + "/messages/");
      }
      JsonNode mqtt = operation.path("bindings").path("mqtt");
      boolean retained = Set.of("status", "about", "inspection", "device").contains(channel);
      boolean unsure = Set.of("preview", "telemetry").contains(channel);
      assertThat(mqtt.path("retain").asBoolean()).as(channel).isEqualTo(retained);
      assertThat(mqtt.path("qos").asInt()).as(channel).isEqualTo(unsure ? 0 : 1);
      assertThat(mqtt.path("bindingVersion").asString()).isEqualTo("0.2.0");
    }
    assertThat(operations.at("/receiveCommand/reply/channel/$ref").asString())
        .isEqualTo("#/channels/reply");
  }

  @Test
  void listsEveryOperationOfTheContract() {
    assertThat(API.path("x-operations").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Contract.OPERATIONS.stream().map(OperationType::name).collect(Collectors.toSet()));
  }

  /** The agent sets none of them: only a center's client says of what kind its commands are. */
  @Test
  void claimsNoPropertyThatNobodySets() {
    for (var message : API.at("/components/messages").properties()) {
      Set<String> claimed = new TreeSet<>(message.getValue().at("/bindings/mqtt").propertyNames());
      claimed.remove("bindingVersion");
      Set<String> set =
          message.getKey().equals("command")
              ? Set.of("payloadFormatIndicator", "contentType", "responseTopic")
              : Set.of();
      assertThat(claimed).as(message.getKey()).isEqualTo(set);
    }
  }
}
