package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code center call}: one command to a device of a point, over the broker. */
@Command(name = "call")
final class CenterCallCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private BrokerArguments broker = new BrokerArguments();

  @Option(names = "--point", paramLabel = "POINT", required = true, descriptionKey = "point")
  private String point = "";

  @Option(names = "--queue", descriptionKey = "queue")
  private boolean queued;

  @Mixin private CallArguments call = new CallArguments();

  @Override
  public Integer call() throws Exception {
    ReplyPrinter printer = call.printer();
    try (Center center = broker.connectToCall()) {
      Reply reply = last(center, printer);
      printer.last(reply);
      boolean saved = printer.save(reply, (content, file) -> save(center, content, file));
      return saved ? ExitStatus.of(reply) : ExitStatus.FAILED;
    }
  }

  private Reply last(Center center, ReplyPrinter printer) {
    CallOptions options =
        CallOptions.of(call.timeout()).withUpdates(printer::update).withQueued(queued);
    if (call.caseNumber().isPresent()) {
      options = options.withCase(call.caseNumber().get());
    }
    return center
        .point(point)
        .call(call.device(), call.operation(), call.parameters(), options)
        .toCompletableFuture()
        .join(); // whatever the final state is: a call by name ends with its reply
  }

  /** Also what is larger than the memory. */
  private static void save(Center center, Content content, Path file)
      throws IOException, InterruptedException {
    try {
      center.save(content, file, PATIENCE).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IOException(Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
    }
  }
}
