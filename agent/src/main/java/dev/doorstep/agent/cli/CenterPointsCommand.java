package dev.doorstep.agent.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.KnownPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code center points}: which points there are, and how they are. */
@Command(name = "points")
final class CenterPointsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private BrokerArguments broker = new BrokerArguments();

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /**
   * What {@code --json} prints of a point.
   *
   * @param point the point's id
   * @param state {@code online}, or why it is not
   * @param about what it is
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private record Row(String point, String state, Optional<PointAbout> about) {
    static Row of(KnownPoint known) {
      String state =
          known.isOnline()
              ? PointStatus.State.ONLINE.toString()
              : known.status().map(status -> status.state().text()).orElse("-");
      return new Row(known.id(), state, known.about());
    }

    String line() {
      return String.format(
              "%-24s %-8s %-21s %s",
              point,
              state,
              about.map(it -> it.since().toString()).orElse("-"),
              about.map(it -> String.join(" ", it.devices())).orElse(""))
          .stripTrailing();
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Row> rows;
    try (Center center = broker.connectToLook()) {
      rows = points(center).stream().map(Row::of).toList();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Codec.text(rows));
    } else {
      out.println(Texts.text("points.found", rows.size()));
      rows.forEach(row -> out.println(row.line()));
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static List<KnownPoint> points(Center center) throws Exception {
    try {
      return center.points().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException refused ? refused : e;
    }
  }
}
