package dev.doorstep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Codec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class CommandLineTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Locale before = Locale.getDefault();

  @BeforeEach
  void rememberLocale() {
    before = Locale.getDefault();
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void theDemoMakesAWholeVisit() throws Exception {
    int status = run("demo", "--lang", "en", "--output", folder.toString());

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("type: RESIDENT", "level: VERY_SATISFIED", "state: PRINTED")
        .contains("The visit is completed: 7 steps, none failed.");
    for (String file : List.of("photo.wlt", "page.jpg", "signature.png", "ticket.png")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
      assertThat(out.toString()).contains(folder.resolve(file).toString());
    }
    assertThat(Files.size(folder.resolve("photo.wlt"))).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({"en, nobody listens on port 1;", "zh, 端口 1 上没有服务"})
  void whyThereIsNoBrokerIsToldInTheReadersLanguage(String language, String text) {
    assertThat(run("center", "points", "--broker", "mqtt://127.0.0.1:1", "--lang", language))
        .isEqualTo(3);
    assertThat(err.toString()).contains("mqtt://127.0.0.1:1", text);
  }

  @Test
  void theDemosJsonIsOneObjectALineAndTheLastOneCounts() throws Exception {
    assertThat(run("demo", "--json", "--output", folder.toString())).isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(8);
    for (String line : lines.subList(0, 7)) {
      JsonNode step = json(line);
      assertThat(step.path("state").asString()).isEqualTo("succeeded");
      assertThat(step.path("time").asString()).startsWith("PT");
    }
    assertThat(lines.get(7)).isEqualTo("{\"visit\":\"completed\",\"steps\":7,\"failed\":0}");
  }

  @Test
  void aStepThatFailsIsToldAndTheRestGoesOn() throws Exception {
    int status =
        run("demo", "--json", "--fault", "printer:paper-out", "--output", folder.toString());

    assertThat(status).isEqualTo(1);
    List<String> lines = out.toString().lines().toList();
    JsonNode error = json(lines.get(4)).path("error");
    assertThat(error.path("code").asString()).isEqualTo("OUT_OF_PAPER");
    assertThat(error.path("recovery").asString()).isNotEmpty();
    assertThat(json(lines.get(5)).path("state").asString()).isEqualTo("succeeded");
    assertThat(lines.get(7)).isEqualTo("{\"visit\":\"completed\",\"steps\":7,\"failed\":1}");
    assertThat(folder.resolve("ticket.png")).doesNotExist();
  }

  @Test
  void aFaultThatIsNotKnownIsWrongUsageAndTheKnownAreListed() {
    assertThat(run("demo", "--lang", "en", "--fault", "printer:on-fire")).isEqualTo(2);
    assertThat(err.toString()).contains("printer:on-fire", "printer:paper-out", "reader:noise");
  }

  @Test
  void anUnreachableBrokerIsStatusThree() {
    int status =
        run(
            "center",
            "call",
            "--broker",
            "mqtt://127.0.0.1:1",
            "--point",
            "P",
            "reader",
            "id-card.read");

    assertThat(status).isEqualTo(3);
    assertThat(err.toString()).contains("mqtt://127.0.0.1:1");
  }

  @Test
  void aConfigurationThatIsWrongIsStatusTwoWithItsPlace() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("doorstep.yaml"), "point: {id: P}\nmqtt: {url: mqtt://h}\nlcoal: {}\n");

    for (String[] command :
        List.of(
            new String[] {"check", file.toString()},
            new String[] {"run", "--config", file.toString()},
            new String[] {"exec", "--config", file.toString(), "reader", "id-card.read"})) {
      assertThat(run(command)).isEqualTo(2);
    }
    assertThat(err.toString().lines())
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).contains(file + ": line 3, column 1: unknown key lcoal"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "run",
        "check",
        "exec",
        "center",
        "center points",
        "center call",
        "center watch",
        "center acl",
        "center conform"
      })
  void everyCommandHasHelpInBothLanguages(String command) {
    String[] words = (command + " --help").strip().split(" ");
    for (String language : List.of("zh", "en")) {
      StringWriter help = new StringWriter();
      String[] arguments = new String[words.length + 2];
      System.arraycopy(words, 0, arguments, 0, words.length);
      arguments[words.length] = "--lang";
      arguments[words.length + 1] = language;
      CommandLine line = Program.commandLine(arguments);
      line.setOut(new PrintWriter(help, true));
      assertThat(line.execute(arguments)).isZero();
      assertThat(help.toString().codePoints().anyMatch(c -> c >= 0x4E00 && c <= 0x9FFF))
          .as(help.toString())
          .isEqualTo(language.equals("zh"));
    }
  }

  @Test
  void noCommandAndUnknownOptionsAreWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("demo", "--no-such")).isEqualTo(2);
    assertThat(run("exec", "reader", "id-card.read", "--timeout", "soon")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cli/words", "cli/help", "demo/words"})
  void bothLanguagesHaveTheSameTexts(String bundle) throws Exception {
    assertThat(keys(bundle + "_zh")).containsAll(keys(bundle));
  }

  private static Set<String> keys(String bundle) throws Exception {
    try (var in =
        Program.class.getResourceAsStream("/dev/doorstep/agent/" + bundle + ".properties")) {
      return new PropertyResourceBundle(java.util.Objects.requireNonNull(in)).keySet();
    }
  }

  private int run(String... arguments) {
    CommandLine line = Program.commandLine(arguments);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static JsonNode json(String line) throws Exception {
    return Codec.read(JsonNode.class, line.getBytes(StandardCharsets.UTF_8));
  }
}
