package dev.doorstep.agent.local;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.StartException;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.command.Request;
import dev.doorstep.agent.config.Configuration;
import dev.doorstep.driver.Driver;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands on this machine: through the agent that runs, or, where none does, with the
 * devices opened by this program. One thread uses it.
 */
public final class Desk implements AutoCloseable {
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Configuration configuration;
  private final Map<String, Driver> drivers;
  private @Nullable Agent own;

  /** A desk for a point; the devices are opened with the first command. */
  public Desk(Configuration configuration, Map<String, Driver> drivers) {
    this.configuration = configuration;
    this.drivers = Map.copyOf(drivers);
  }

  /**
   * Carries out a command.
   *
   * @param updates hears of each reply but the last
   * @throws IOException if the agent that runs does not answer as it should
   * @throws StartException if the devices cannot be opened by this program
   */
  public Executed carryOut(String device, Command command, Consumer<Reply> updates)
      throws IOException, StartException, InterruptedException {
    byte[] message = Codec.write(command);
    Duration patience = command.timeout().plus(Command.DEFAULT_EXPIRY).plus(SLACK);
    if (own == null) {
      Optional<Executed> answer =
          LocalClient.carryOut(
              configuration.local().port(),
              configuration.data(),
              device,
              message,
              patience,
              updates);
      if (answer.isPresent()) {
        return answer.get();
      }
      own = Agent.startDevices(configuration, drivers);
    }
    Execution execution = new Execution();
    own.dispatcher()
        .dispatch(
            new Request(
                "local",
                device,
                message,
                false,
                false,
                Command.DEFAULT_EXPIRY,
                execution,
                () -> {}));
    while (true) {
      Execution.Step step =
          execution
              .next(patience)
              .orElseThrow(() -> new IOException("the device's lane does not answer"));
      if (step.reply().isFinal()) {
        return new Executed(step.reply(), documents(step));
      }
      updates.accept(step.reply());
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  private static Map<String, byte[]> documents(Execution.Step step) throws IOException {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    for (OutgoingBlob blob : step.blobs()) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (int n = 0; n < blob.description().pieces(); n++) {
        whole.writeBytes(blob.piece(n));
      }
      documents.put(blob.description().id(), whole.toByteArray());
    }
    return documents;
  }
}
