package dev.doorstep.agent.cli;

import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.local.LocalClient;
import dev.doorstep.agent.local.PairedTablets;
import dev.doorstep.agent.local.PairingCode;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pair}: the tablets that may open the resident's screen. */
@Command(name = "pair")
final class PairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
  private Path file = Path.of("doorstep.yaml");

  @Option(names = "--forget", descriptionKey = "forget")
  private boolean forget;

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", descriptionKey = "tablet")
  private @Nullable String name;

  @Override
  public Integer call() throws Exception {
    if (forget && name == null) {
      throw new ParameterException(spec.commandLine(), Texts.text("pair.forget-whom"));
    }
    Configuration configuration = LoadedConfiguration.read(file).configuration();
    PrintWriter out = spec.commandLine().getOut();
    boolean pairs = name != null && !forget;
    String path = name == null ? "/tablets" : "/tablets/" + Names.check("a tablet", name);
    byte[] answer = ask(configuration, pairs ? "POST" : forget ? "DELETE" : "GET", path);
    if (json) {
      out.println(new String(answer, StandardCharsets.UTF_8));
    } else if (pairs) {
      tell(Codec.read(PairingCode.class, answer), out);
    } else {
      list(Codec.read(PairedTablets.class, answer), out);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static byte[] ask(Configuration configuration, String method, String path)
      throws IOException {
    return LocalClient.ask(configuration.local().port(), configuration.data(), method, path)
        .orElseThrow(() -> new IOException(Texts.text("pair.no-agent")));
  }

  private static void tell(PairingCode code, PrintWriter out) {
    String half = code.code().substring(0, code.code().length() / 2);
    String rest = code.code().substring(half.length());
    out.println(Texts.text("pair.code", half + " " + rest, code.valid().toMinutes()));
    code.screens().forEach(screen -> out.println("  " + screen));
  }

  private static void list(PairedTablets paired, PrintWriter out) {
    out.println(Texts.text("pair.tablets", paired.tablets().size()));
    paired.tablets().forEach(tablet -> out.println("  " + tablet));
  }
}
