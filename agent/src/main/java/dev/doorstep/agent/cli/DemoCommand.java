package dev.doorstep.agent.cli;

import dev.doorstep.agent.demo.Step;
import dev.doorstep.agent.demo.VirtualPoint;
import dev.doorstep.agent.demo.Visit;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.simulator.VirtualCounter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: broker, virtual counter, agent and center in one process, and a visit. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration NOBODY = Duration.ofSeconds(1);
  private static final Duration QUESTION = Duration.ofMinutes(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--fault", paramLabel = "DEVICE:FAULT", descriptionKey = "fault")
  private List<String> faults = new ArrayList<>();

  @Option(names = "--output", paramLabel = "FOLDER", descriptionKey = "output")
  private Path folder = Path.of("doorstep-visit");

  @Option(names = "--hold", descriptionKey = "hold")
  private boolean hold;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Map<String, List<String>> known = VirtualCounter.faults();
    for (String fault : faults) {
      String[] parts = fault.split(":", 2);
      if (parts.length < 2 || !known.getOrDefault(parts[0], List.of()).contains(parts[1])) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), Texts.text("demo.fault-unknown", fault, list(known)));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    say(out, Texts.text("demo.starting"));
    try (ToldToEnd told = hold ? ToldToEnd.begin() : ToldToEnd.never();
        VirtualPoint point = new VirtualPoint()) {
      for (String fault : faults) {
        String[] parts = fault.split(":", 2);
        point.counter().fault(parts[0], parts[1]);
      }
      Visit visit =
          new Visit(point, folder, Locale.getDefault(), !faults.contains("reader:no-card"));
      List<Step> steps = visit.make(name -> say(out, begun(name)), step -> print(out, step));
      long failed = steps.stream().filter(Step::failed).count();
      if (json) {
        Map<String, Object> last = new LinkedHashMap<>();
        last.put("visit", "completed");
        last.put("steps", steps.size());
        last.put("failed", failed);
        line(out, last);
      } else {
        out.println();
        out.println(
            Texts.text(failed == 0 ? "demo.completed" : "demo.failed", steps.size(), failed));
        out.flush();
      }
      if (hold) {
        hold(point, visit, out, told);
      }
      return failed == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }
  }

  /** The page is free for a person now, who is asked whenever it is open. */
  private void hold(VirtualPoint point, Visit visit, PrintWriter out, ToldToEnd told)
      throws IOException, InterruptedException {
    point.counter().fault("pad", "gone");
    String page = point.agent().screen("pad").orElseThrow().toString();
    if (json) {
      line(out, Map.of("screen", page));
    } else {
      say(out, "\n" + Texts.text("demo.hold", page));
    }
    boolean ends = false;
    while (!ends) {
      CompletableFuture<Step> asked = asking(visit);
      while (!ends && !asked.isDone()) {
        ends = told.await(LOOK);
      }
      if (!ends) {
        Step step = asked.join();
        boolean nobody =
            step.problem().map(it -> it.code().is(ErrorCode.SCREEN_NOT_OPEN)).orElse(false);
        if (nobody) {
          ends = told.await(NOBODY);
        } else {
          say(out, begun(step.operation()));
          print(out, step);
        }
      }
    }
  }

  private static CompletableFuture<Step> asking(Visit visit) {
    CompletableFuture<Step> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                end.complete(visit.ask(QUESTION));
              } catch (IOException | InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            },
            "doorstep-demo-ask");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private static String begun(String operation) {
    return "\n" + Texts.text("demo." + operation);
  }

  private void say(PrintWriter out, String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  private void print(PrintWriter out, Step step) {
    if (json) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("step", step.operation());
      members.put("device", step.device());
      members.put("state", step.state());
      members.put("time", step.time());
      members.put("read", step.read());
      members.put("files", step.files().stream().map(Path::toString).toList());
      step.problem().ifPresent(problem -> members.put("error", problem));
      line(out, members);
      return;
    }
    out.println("  " + Texts.state(step.state()) + ", " + ReplyPrinter.seconds(step.time()));
    step.problem().ifPresent(problem -> ReplyPrinter.error(out, problem));
    step.read().forEach((name, value) -> out.println("  " + name + ": " + value));
    step.files().forEach(file -> out.println("  → " + file));
    out.flush();
  }

  private static void line(PrintWriter out, Map<String, Object> members) {
    out.println(Codec.text(members));
    out.flush();
  }

  private static String list(Map<String, List<String>> faults) {
    return faults.entrySet().stream()
        .flatMap(device -> device.getValue().stream().map(fault -> device.getKey() + ":" + fault))
        .collect(Collectors.joining(" "));
  }
}
