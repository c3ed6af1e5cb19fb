package dev.doorstep.agent.cli;

import dev.doorstep.agent.bench.Bench;
import dev.doorstep.agent.bench.BenchSize;
import dev.doorstep.agent.bench.Figure;
import dev.doorstep.protocol.Codec;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast and how small the agent is, against what it can be at best. */
@Command(name = "bench")
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PART", arity = "0..*", descriptionKey = "bench-part")
  private List<String> parts = new ArrayList<>();

  @Option(names = "--broker", paramLabel = "URL", descriptionKey = "bench-broker")
  private @Nullable URI broker;

  @Option(names = "--quick", descriptionKey = "quick")
  private boolean quick;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<Bench.Part> chosen = chosen();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    BenchSize size = quick ? BenchSize.QUICK : BenchSize.FULL;
    boolean right = true;
    try (Bench bench =
        new Bench(Optional.ofNullable(broker), size, doing -> err.println("  … " + doing))) {
      for (Bench.Part part : chosen) {
        err.println(Texts.text("bench." + name(part)));
        List<Figure> figures = bench.measure(part);
        figures.forEach(figure -> print(out, part, figure));
        right &= figures.stream().noneMatch(BenchCommand::wrong);
      }
    }
    return right ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** A reply that was lost, doubled or mixed up; a figure that is missed is none of these. */
  private static boolean wrong(Figure figure) {
    return figure.name().endsWith("wrong") && figure.ours() > 0;
  }

  private List<Bench.Part> chosen() {
    if (parts.isEmpty()) {
      return List.of(Bench.Part.values());
    }
    return parts.stream().map(this::part).distinct().toList();
  }

  private Bench.Part part(String text) {
    return Arrays.stream(Bench.Part.values())
        .filter(part -> name(part).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec.commandLine(),
                    Texts.text(
                        "bench.part-unknown",
                        text,
                        Arrays.stream(Bench.Part.values())
                            .map(BenchCommand::name)
                            .collect(Collectors.joining(" ")))));
  }

  private static String name(Bench.Part part) {
    return part.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void print(PrintWriter out, Bench.Part part, Figure figure) {
    if (json) {
      out.println(Codec.text(members(part, figure)));
    } else {
      out.println(row(figure));
    }
    out.flush();
  }

  private static Map<String, Object> members(Bench.Part part, Figure figure) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("part", name(part));
    members.put("figure", figure.name());
    members.put("unit", figure.unit());
    members.put("agent", figure.ours());
    figure.baseline().ifPresent(value -> members.put("baseline", value));
    figure.ratio().ifPresent(value -> members.put("ratio", value));
    figure
        .target()
        .ifPresent(target -> members.put(target.most() ? "most" : "least", target.bound()));
    figure.reached().ifPresent(reached -> members.put("reached", reached));
    return members;
  }

  private static String row(Figure figure) {
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-16s %10s %-5s",
                figure.name(),
                number(figure.ours()),
                figure.unit()));
    figure
        .baseline()
        .ifPresent(
            value ->
                row.append(
                    String.format(
                        Locale.ROOT,
                        " %s %10s  × %.2f",
                        Texts.text("bench.against"),
                        number(value),
                        figure.ratio().orElse(0))));
    figure
        .target()
        .ifPresent(
            target ->
                row.append("  ")
                    .append(target.most() ? "≤ " : "≥ ")
                    .append(number(target.bound()))
                    .append("  ")
                    .append(
                        Texts.text(
                            figure.reached().orElse(false) ? "bench.reached" : "bench.missed")));
    return row.append("  ").append(Texts.text("bench." + figure.name())).toString();
  }

  private static String number(double value) {
    return value < 100 && value != Math.rint(value)
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }
}
