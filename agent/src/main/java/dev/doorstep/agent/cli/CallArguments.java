package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.InvalidMessageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@code exec} and {@code center call} have in common: the command, and how to print it. */
final class CallArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "DEVICE", descriptionKey = "device")
  private String device = "";

  @Parameters(index = "1", paramLabel = "OPERATION", descriptionKey = "operation")
  private String operation = "";

  @Option(names = "--set", paramLabel = "KEY=VALUE", descriptionKey = "set")
  private Map<String, String> members = new LinkedHashMap<>();

  @Option(names = "--timeout", paramLabel = "DURATION", descriptionKey = "timeout")
  private String timeout = "PT60S";

  @Option(names = "--case", paramLabel = "NUMBER", descriptionKey = "case")
  private @Nullable String caseNumber;

  @Option(names = "--save", paramLabel = "FOLDER", descriptionKey = "save")
  private @Nullable Path folder;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  String device() {
    return device;
  }

  String operation() {
    return operation;
  }

  /** How long the device may take. */
  Duration timeout() {
    try {
      return Duration.parse(timeout);
    } catch (DateTimeParseException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), Texts.text("timeout-wrong", timeout), e);
    }
  }

  Optional<String> caseNumber() {
    return Optional.ofNullable(caseNumber);
  }

  /** The parameters: each value is JSON if it reads as such, else a text. */
  ObjectNode parameters() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    members.forEach((key, value) -> parameters.set(key, value(value)));
    return parameters;
  }

  /** The command with a new id. */
  Command command(String id) {
    try {
      return new Command(id, operation, parameters(), timeout(), true, caseNumber());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** What prints the replies as it was asked. */
  ReplyPrinter printer() {
    return new ReplyPrinter(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        json,
        Optional.ofNullable(folder));
  }

  private static JsonNode value(String text) {
    try {
      return Codec.read(JsonNode.class, text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidMessageException e) {
      return JsonNodeFactory.instance.stringNode(text); // no JSON: a text without quotes
    }
  }
}
