package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code center call}: one command to a device of a point, over the broker. */
@Command(name = "call")
final class CenterCallCommand implements Callable<Integer> {
  @Option(names = "--broker", paramLabel = "URL", required = true, descriptionKey = "broker")
  private URI broker = URI.create("mqtt://127.0.0.1:1883");

  @Option(names = "--point", paramLabel = "POINT", required = true, descriptionKey = "point")
  private String point = "";

  @Option(names = "--client", paramLabel = "NAME", descriptionKey = "client")
  private String client = "doorstep-shell";

  @Option(names = "--username", paramLabel = "NAME", descriptionKey = "username")
  private @Nullable String username;

  @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "password-file")
  private @Nullable Path passwordFile;

  @Mixin private CallArguments call = new CallArguments();

  @Override
  public Integer call() throws Exception {
    ReplyPrinter printer = call.printer();
    try (Center center = Center.connect(broker, client, options())) {
      Reply reply = last(center, printer);
      printer.last(reply, documents(center, reply));
      return ExitStatus.of(reply);
    }
  }

  private CenterOptions options() throws Exception {
    CenterOptions options = CenterOptions.standard();
    if (username == null) {
      return options;
    }
    String password = passwordFile == null ? "" : Files.readString(passwordFile).strip();
    return options.withUser(username, password);
  }

  private Reply last(Center center, ReplyPrinter printer) {
    CallOptions options = CallOptions.of(call.timeout()).withUpdates(printer::update);
    if (call.caseNumber().isPresent()) {
      options = options.withCase(call.caseNumber().get());
    }
    return center
        .point(point)
        .call(call.device(), call.operation(), call.parameters(), options)
        .toCompletableFuture()
        .join(); // whatever the final state is: a call by name ends with its reply
  }

  /** Fetches the documents that the result refers to. */
  private static Map<String, byte[]> documents(Center center, Reply reply) throws Exception {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    for (JsonNode parent :
        reply.result().map(r -> r.findParents("blob")).orElse(java.util.List.of())) {
      if (SavedDocuments.isContent(parent)
          && Codec.read(Content.class, parent) instanceof Content.Blob blob) {
        documents.put(blob.id(), center.fetch(blob).toCompletableFuture().get());
      }
    }
    return documents;
  }
}
