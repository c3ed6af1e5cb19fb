package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.cli.VisitOutput;
import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the READMEs of the house and of the agent show, compared with the code. */
class ReadmeTest {
  private static final Path HOUSE = Path.of("..");

  @TempDir private Path folder;

  @Test
  void theTwoCommandsAreThere() throws IOException {
    assertThat(blocks("README.md", "sh"))
        .containsExactly(
            "sudo apt-get update && sudo apt-get install -y openjdk-17-jdk-headless maven socat"
                + " fonts-noto-cjk && agent/bin/doorstep demo\n",
            "mvn -B verify\n");
  }

  @Test
  void theVisitPrintsWhatTheReadmeShows() throws Exception {
    String shown = blocks("README.md", "").get(0);
    String printed = VisitOutput.inEnglish(folder.resolve("visit"));

    for (String line : shown.lines().toList()) {
      assertThat(printed).containsPattern(anyTime(line));
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (String readme :
        List.of(
            "README.md",
            "agent/README.md",
            "drivers/README.md",
            "protocol/README.md",
            "protocol/samples/README.md",
            "simulator/README.md")) {
      Matcher link =
          Pattern.compile("]\\((?!http)([^)#]+)").matcher(Files.readString(HOUSE.resolve(readme)));
      while (link.find()) {
        assertThat(HOUSE.resolve(readme).resolveSibling(link.group(1))).exists();
      }
    }
  }

  @Test
  void theConfigurationIsReadAsItStands() throws Exception {
    String yaml = blocks("agent/README.md", "yaml").get(0).stripIndent();
    Path file = Files.writeString(folder.resolve("doorstep.yaml"), yaml);

    Configuration read = new ConfigurationFile(file, Drivers.builtIn()).read();

    assertThat(read.devices()).hasSize(4);
    assertThat(keysOf(yaml)).isEqualTo(keysOfTable());
  }

  @Test
  void everyCommandIsInTheTable() throws IOException {
    Set<String> shown =
        rows("agent/README.md", "command").stream()
            .map(row -> row.replace("`", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shown).isEqualTo(VisitOutput.commands());
  }

  @Test
  void onlyTheModulesAndHiddenFoldersStandAtTheTop() throws IOException {
    try (var files = Files.list(HOUSE)) {
      Set<String> made = Set.of("target", "doorstep-visit"); // by the build and the demo; ignored
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.startsWith(".") && !made.contains(name)))
          .containsExactlyInAnyOrder(
              "agent", "drivers", "protocol", "simulator", "pom.xml", "README.md", "LICENSE");
    }
  }

  private static Pattern anyTime(String line) {
    String pattern =
        Pattern.quote(line.replace("doorstep-visit/", ""))
            .replaceAll("[0-9]+\\.[0-9] s", "\\\\E[0-9.]+ s\\\\Q")
            .replace("→ ", "→ \\E.*\\Q");
    return Pattern.compile(pattern);
  }

  /** The keys of the example: {@code point.id} and the like. */
  private static Set<String> keysOf(String yaml) {
    Set<String> keys = new TreeSet<>();
    for (Map.Entry<String, JsonNode> top : new YAMLMapper().readTree(yaml).properties()) {
      if (top.getValue().isObject()) {
        top.getValue().propertyNames().forEach(key -> keys.add(top.getKey() + "." + key));
      } else {
        keys.add(top.getKey());
      }
    }
    return keys;
  }

  private static Set<String> keysOfTable() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String row : rows("agent/README.md", "key")) {
      String above = "";
      for (String key : row.replace("`", "").split(" ")) {
        keys.add(key.contains(".") || above.isEmpty() ? key : above + key);
        above = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : above;
      }
    }
    return keys;
  }

  /** The first column of the table whose head begins with a word. */
  private static List<String> rows(String readme, String head) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(HOUSE.resolve(readme))) {
      if (line.startsWith("| " + head + " |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|-")) {
        rows.add(line.substring(2, line.indexOf(" |", 2)));
      }
    }
    assertThat(rows).as("a table of " + head).isNotEmpty();
    return rows;
  }

  private static List<String> blocks(String readme, String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    Optional<String> open = Optional.empty();
    for (String line : Files.readAllLines(HOUSE.resolve(readme))) {
      if (!line.strip().startsWith("```")) {
        block.append(line).append('\n');
      } else if (open.isEmpty()) {
        open = Optional.of(line.strip().substring(3));
        block.setLength(0);
      } else {
        open.filter(language::equals).ifPresent(same -> blocks.add(block.toString()));
        open = Optional.empty();
      }
    }
    return blocks;
  }
}
