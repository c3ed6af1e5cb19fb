package dev.doorstep.agent.cli;

import dev.doorstep.agent.local.Desk;
import dev.doorstep.agent.local.Executed;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exec}: one command to a device of this machine. */
@Command(name = "exec")
final class ExecCommand implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
  private Path file = Path.of("doorstep.yaml");

  @Mixin private CallArguments call = new CallArguments();

  @Override
  public Integer call() throws Exception {
    LoadedConfiguration loaded = LoadedConfiguration.read(file);
    ReplyPrinter printer = call.printer();
    try (Desk desk = new Desk(loaded.configuration(), loaded.drivers())) {
      Executed executed =
          desk.carryOut(call.device(), call.command(Names.random()), printer::update);
      printer.last(executed.reply());
      boolean saved =
          printer.save(
              executed.reply(), (content, file) -> save(executed.documents(), content, file));
      return saved ? ExitStatus.of(executed.reply()) : ExitStatus.FAILED;
    }
  }

  private static void save(Map<String, byte[]> documents, Content content, Path file)
      throws IOException {
    byte[] bytes =
        content instanceof Content.Data data
            ? data.bytes()
            : documents.get(((Content.Blob) content).id());
    if (bytes == null) {
      throw new IOException("it did not come");
    }
    SavedDocuments.write(bytes, file);
  }
}
