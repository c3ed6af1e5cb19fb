package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.schema.Contract;
import dev.doorstep.protocol.schema.Schemas;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the point says of its operations. */
final class DescribeCheck implements Check {
  @Override
  public Set<Rule> rules() {
    return EnumSet.range(Rule.R55, Rule.R57);
  }

  @Override
  public void run(Trial trial) throws IOException {
    Exchange described = trial.call(Draft.of(Subject.AGENT, "agent.describe"));
    JsonNode schemas = Trial.result(described).path("schemas");
    for (Map.Entry<String, JsonNode> entry : schemas.properties()) {
      trial.entries().put(entry.getKey(), entry.getValue());
      String digest = Schemas.digest(entry.getValue());
      trial
          .ledger()
          .note(
              Rule.R56,
              digest.equals(entry.getKey()),
              digest,
              entry.getKey() + " of " + entry.getValue().path("operation").asString("?"));
    }
    trial.ledger().note(Rule.R56, !schemas.isEmpty(), "entries with digests", described.story());
    announced(trial, schemas);
    List<String> told =
        schemas.values().stream().map(entry -> entry.path("operation").asString("")).toList();
    Contract.OPERATIONS.stream()
        .map(type -> type.name())
        .filter(name -> name.startsWith("agent."))
        .forEach(
            name ->
                trial
                    .ledger()
                    .note(Rule.R57, told.contains(name), name, "no entry of that operation"));
  }

  private static void announced(Trial trial, JsonNode schemas) {
    boolean any = false;
    for (String device : trial.subject().names()) {
      JsonNode operations = trial.subject().device(device).path("operations");
      for (Map.Entry<String, JsonNode> operation : operations.properties()) {
        any = true;
        JsonNode entry = schemas.path(operation.getValue().path("schema").asString("-"));
        trial
            .ledger()
            .note(
                Rule.R55,
                entry.path("operation").asString("").equals(operation.getKey())
                    && entry.path("parameters").isObject()
                    && entry.path("result").isObject(),
                "the schemas of " + operation.getKey() + " under the digest of " + device,
                entry.isMissingNode() ? "none" : "those of another operation");
      }
    }
    if (!any) {
      trial.ledger().skip(Reason.NO_DEVICE, Rule.R55);
    }
  }
}
