package dev.doorstep.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any record has a schema, also one whose author knows nothing of schemas. */
class ForeignSchemasTest {
  enum Colour {
    RED,
    BLUE
  }

  record Tree(String leaf, List<Tree> branches) {}

  record Paint(
      Colour colour,
      @JsonProperty("how-many") int count,
      @Bounds(min = 1) int layers,
      OptionalInt seconds,
      Optional<Content> picture,
      Map<String, Double> shares,
      Tree tree,
      StringBuilder strange,
      List<?> anything)
      implements Operation<Painted> {
    static final OperationType<Paint, Painted> TYPE =
        new OperationType<>("x-test.paint", Paint.class, Painted.class);

    @Override
    public OperationType<Paint, Painted> type() {
      return TYPE;
    }
  }

  record Painted(boolean dry) {}

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void describeTheRecord() {
    JsonNode parameters = Schemas.of(Paint.TYPE).parameters();

    assertThat(parameters.path("required"))
        .isEqualTo(json("['colour','layers','shares','tree','strange','anything']"));
    JsonNode members = parameters.path("properties");
    assertThat(members.path("colour")).isEqualTo(json("{'enum':['RED','BLUE']}"));
    assertThat(members.path("how-many").path("default")).isEqualTo(json("0"));
    assertThat(members.path("seconds").path("type")).isEqualTo(json("['integer','null']"));
    assertThat(members.path("shares"))
        .isEqualTo(json("{'type':'object','additionalProperties':{'type':'number'}}"));
    assertThat(members.path("tree").at("/properties/branches/items"))
        .isEqualTo(json("{'type':'object'}"));
    assertThat(members.path("strange")).isEqualTo(json("{}"));
    assertThat(Schemas.of(Paint.TYPE).result().path("required")).isEqualTo(json("['dry']"));
    assertThat(Validation.problems(members.path("picture"), json("null"))).isEmpty();
  }

  @Test
  void haveADigestThatAnybodyCanCheck() throws Exception {
    OperationSchema schema = Schemas.of(Paint.TYPE);
    var sorted =
        JsonMapper.builder()
            .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    Object plain = sorted.treeToValue(Codec.tree(schema.described()), Object.class);
    byte[] canonical = sorted.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8);

    assertThat(schema.digest())
        .isEqualTo(
            "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)));
    assertThat(schema).isEqualTo(Schemas.of(Paint.TYPE));
    assertThat(Contract.OPERATIONS.stream().map(type -> Schemas.of(type).digest()))
        .doesNotHaveDuplicates();
  }

  @Test
  void writeControlCharactersAsTheStandardSays() throws Exception {
    assertThat(Canonical.sha256(json("{'b':'\\u001f\\n\\\\\\u0002é','a':[true,null,1],'c':{}}")))
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(
                            "{\"a\":[true,null,1],\"b\":\"\\u001f\\n\\\\\\u0002é\",\"c\":{}}"
                                .getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void leaveNoOperationOfTheContractOut() throws IOException {
    Path sources = Path.of("src/main/java/dev/doorstep/protocol/operation");
    try (Stream<Path> files = Files.list(sources)) {
      long types = files.filter(file -> contains(file, "OperationType<>(")).count();
      assertThat(Contract.OPERATIONS).hasSize((int) types);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
