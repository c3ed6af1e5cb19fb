package dev.doorstep.agent.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.PointListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code center watch}: what points tell unasked, line by line, until it is ended. */
@Command(name = "watch")
final class CenterWatchCommand implements Callable<Integer>, PointListener {
  private static final Logger LOG = LoggerFactory.getLogger(CenterWatchCommand.class);
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private BrokerArguments broker = new BrokerArguments();

  @Option(names = "--point", paramLabel = "POINT", descriptionKey = "watched-point")
  private @Nullable String only;

  @Option(names = "--for", paramLabel = "DURATION", descriptionKey = "for")
  private Duration time = FOR_EVER;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /**
   * What {@code --json} prints on each line.
   *
   * @param point the point's id
   * @param device the device's name, where it is about one
   * @param kind {@code status}, {@code about}, {@code device} or {@code event}
   * @param message the message itself
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private record Line(String point, Optional<String> device, String kind, Object message) {}

  @Override
  public Integer call() throws Exception {
    try (Center center = broker.connectToLook()) {
      // Ctrl-C is how it usually ends: the client then leaves the broker properly, too.
      Thread leaving = new Thread(center::close, "doorstep-watch-end");
      Runtime.getRuntime().addShutdownHook(leaving);
      var unused = center.watch(this); // ends with the client
      boolean over = !new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
      forget(leaving);
      return over ? ExitStatus.DONE : ExitStatus.FAILED;
    }
  }

  private static void forget(Thread leaving) {
    try {
      Runtime.getRuntime().removeShutdownHook(leaving);
    } catch (IllegalStateException e) {
      LOG.debug("it is being ended at this very moment");
    }
  }

  @Override
  public void status(String point, PointStatus status) {
    print(new Line(point, Optional.empty(), "status", status), status.state().text());
  }

  @Override
  public void about(String point, PointAbout about) {
    String name = about.name().orElse("");
    print(
        new Line(point, Optional.empty(), "about", about),
        about.record() + " " + name + " " + String.join(" ", about.devices()));
  }

  @Override
  public void device(String point, String device, DeviceStatus status) {
    String cause = status.cause().map(it -> " " + it.code() + ": " + it.text()).orElse("");
    print(new Line(point, Optional.of(device), "device", status), status.state() + cause);
  }

  @Override
  public void event(String point, String device, DeviceEvent event) {
    print(new Line(point, Optional.of(device), "event", event), event.event());
  }

  private void print(Line line, String text) {
    if (only != null && !only.equals(line.point())) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    String place = line.point() + line.device().map(it -> "/" + it).orElse("");
    out.println(
        json
            ? Codec.text(line)
            : String.format("%-28s %-7s %s", place, line.kind(), text).stripTrailing());
    out.flush();
  }
}
