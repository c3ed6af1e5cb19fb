package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.mqtt.AccessRules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code center acl}: the access list of a mosquitto for points and clients. */
@Command(name = "acl")
final class CenterAclCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--point", paramLabel = "POINT", descriptionKey = "acl-point")
  private List<String> points = new ArrayList<>();

  @Option(names = "--client", paramLabel = "NAME", descriptionKey = "acl-client")
  private List<String> clients = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Override
  public Integer call() {
    for (String client : clients) {
      if (points.contains(client)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), Texts.text("acl.same-name", client));
      }
    }
    List<AccessRules.Rule> rules = new ArrayList<>();
    if (points.isEmpty()) {
      rules.addAll(AccessRules.everyPoint());
    }
    points.forEach(point -> rules.addAll(AccessRules.point(point)));
    clients.forEach(client -> rules.addAll(AccessRules.client(client)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Codec.text(rules));
    } else {
      out.println("# " + Texts.text(points.isEmpty() ? "acl.patterns" : "acl.users"));
      out.println(AccessRules.mosquitto(rules));
    }
    out.flush();
    return ExitStatus.DONE;
  }
}
