package dev.doorstep.agent.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.conformance.Conformance;
import dev.doorstep.protocol.conformance.Finding;
import dev.doorstep.protocol.conformance.PointAwayException;
import dev.doorstep.protocol.conformance.Rule;
import dev.doorstep.protocol.conformance.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code center conform}: whether the agent of a point keeps the rules of the contract. */
@Command(name = "conform")
final class CenterConformCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private BrokerArguments broker = new BrokerArguments();

  @Option(names = "--point", paramLabel = "POINT", required = true, descriptionKey = "point")
  private String point = "";

  @Option(names = "--device", paramLabel = "DEVICE", descriptionKey = "only-device")
  private @Nullable String device;

  @Option(names = "--physical", descriptionKey = "physical")
  private boolean physical;

  @Option(names = "--rule", paramLabel = "RULE", descriptionKey = "rule")
  private Set<Rule> rules = new TreeSet<>();

  @Option(names = "--patience", paramLabel = "DURATION", descriptionKey = "patience")
  private Duration patience = Conformance.PATIENCE;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /**
   * What {@code --json} prints of a rule.
   *
   * @param rule its number
   * @param about its group
   * @param verdict {@code HOLDS}, {@code BROKEN} or {@code NOT_CHECKED}
   * @param text the rule in a sentence
   * @param expected with BROKEN: what should have come
   * @param came with BROKEN: what came instead
   * @param reason with NOT_CHECKED: why
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private record Line(
      Rule rule,
      Rule.Group about,
      Verdict verdict,
      String text,
      Optional<String> expected,
      Optional<String> came,
      Optional<String> reason) {
    static Line of(Finding finding) {
      return new Line(
          finding.rule(),
          finding.rule().group(),
          finding.verdict(),
          finding.rule().text(Locale.getDefault()),
          finding.expected(),
          finding.came(),
          finding.reason().map(Enum::name));
    }
  }

  @Override
  public Integer call() throws Exception {
    Conformance.Settings settings =
        new Conformance.Settings(
            broker.name(), Optional.ofNullable(device), physical, rules, patience);
    List<Finding> findings;
    try {
      findings = new Conformance(broker.login(), point, settings).run();
    } catch (PointAwayException e) {
      throw new IOException(Texts.text("conform.away", point, e.state()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      findings.forEach(it -> out.println(Codec.text(Line.of(it))));
    } else {
      new FindingTable(Locale.getDefault()).lines(findings).forEach(out::println);
    }
    out.flush();
    boolean broken = findings.stream().anyMatch(it -> it.verdict() == Verdict.BROKEN);
    return broken ? ExitStatus.FAILED : ExitStatus.DONE;
  }
}
