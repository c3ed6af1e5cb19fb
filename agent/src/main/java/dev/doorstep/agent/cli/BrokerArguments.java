package dev.doorstep.agent.cli;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands of {@code center} have in common: the broker, and as whom to come there. */
final class BrokerArguments {
  private static final Duration REPLIES_KEPT = Duration.ofMinutes(1);

  @Option(names = "--broker", paramLabel = "URL", required = true, descriptionKey = "broker")
  private URI broker = URI.create("mqtt://127.0.0.1:1883");

  @Option(names = "--client", paramLabel = "NAME", descriptionKey = "client")
  private @Nullable String client;

  @Option(names = "--username", paramLabel = "NAME", descriptionKey = "username")
  private @Nullable String username;

  @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "password-file")
  private @Nullable Path passwordFile;

  @Option(names = "--ca", paramLabel = "FILE", descriptionKey = "ca")
  private @Nullable Path authority;

  @Option(names = "--cert", paramLabel = "FILE", descriptionKey = "cert")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", descriptionKey = "key")
  private @Nullable Path key;

  @Option(names = "--key-password-file", paramLabel = "FILE", descriptionKey = "key-password-file")
  private @Nullable Path keyPassword;

  /** Connects for a call: replies wait for a moment if the connection breaks. */
  Center connectToCall() throws IOException {
    return connect(REPLIES_KEPT);
  }

  /** Connects to look on: nothing is kept at the broker for whoever is gone. */
  Center connectToLook() throws IOException {
    return connect(Duration.ZERO);
  }

  /** Under the name that was given, or else a new one: two shells do not end each other's. */
  private Center connect(Duration session) throws IOException {
    String name = client == null ? "doorstep-shell-" + Names.random() : client;
    return Center.connect(broker, name, options().withSession(session));
  }

  /** The name that the access list of the broker knows this client by, if one was given. */
  Optional<String> name() {
    return Optional.ofNullable(client).or(() -> Optional.ofNullable(username));
  }

  /** The way to the broker for clients that are no {@link Center}. */
  BrokerLogin login() throws IOException {
    CenterOptions options = options();
    return new BrokerLogin(
        BrokerAddress.of(broker),
        client == null ? "doorstep-shell" : client,
        options.username(),
        options.password(),
        options.connecting(),
        Duration.ZERO,
        Optional.empty(),
        options.tls());
  }

  private CenterOptions options() throws IOException {
    CenterOptions options = CenterOptions.standard().withTls(files());
    if (username == null) {
      return options;
    }
    String password = passwordFile == null ? "" : Files.readString(passwordFile).strip();
    return options.withUser(username, password);
  }

  private TlsFiles files() {
    return new TlsFiles(
        Optional.ofNullable(authority),
        Optional.empty(),
        Optional.ofNullable(certificate),
        Optional.ofNullable(key),
        Optional.ofNullable(keyPassword));
  }
}
