package dev.doorstep.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.OperationType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of {@code contract/} say what the records say. */
class ContractFilesTest {
  private static final Path CONTRACT = Path.of("contract");
  private static final String WRITE = "doorstep.contract";

  /** The file of each schema, below {@code contract/}. */
  private static Map<String, JsonNode> files() {
    Map<String, JsonNode> files = new TreeMap<>();
    for (Class<?> form : Contract.MESSAGES) {
      files.put("schemas/" + form.getSimpleName() + ".json", Schemas.message(form));
    }
    for (OperationType<?, ?> type : Contract.OPERATIONS) {
      OperationSchema schema = Schemas.of(type);
      ObjectNode file = JsonMapper.shared().createObjectNode().put("schema", schema.digest());
      file.setAll(Codec.tree(schema.described()));
      files.put("operations/" + type.name() + ".json", file);
    }
    return files;
  }

  @Test
  void holdTheSchemasOfTheRecords() throws IOException {
    Map<String, JsonNode> files = files();
    if ("write".equals(System.getProperty(WRITE))) {
      for (var file : files.entrySet()) {
        Path path = CONTRACT.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue().toPrettyString().replace("\r", "") + "\n");
      }
    }
    for (var file : files.entrySet()) {
      Path path = CONTRACT.resolve(file.getKey());
      assertThat(Files.exists(path) ? JsonMapper.shared().readTree(path) : null)
          .as(
              "%s is not what the records say. If the contract was meant to change, write the files"
                  + " anew: mvn -pl protocol test -Dtest=ContractFilesTest -D%s=write",
              path, WRITE)
          .isEqualTo(JsonMapper.shared().readTree(file.getValue().toString()));
    }
    try (Stream<Path> found = Files.walk(CONTRACT)) {
      assertThat(
              found
                  .filter(path -> path.toString().endsWith(".json"))
                  .map(path -> CONTRACT.relativize(path).toString().replace('\\', '/')))
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(files.keySet()));
    }
  }
}
