package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.blob.BlobLimits;
import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.DeviceRegistry.NamedDevice;
import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.agent.device.ScriptedDriver;
import dev.doorstep.agent.device.Surroundings;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.JournalSettings;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.DeviceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Dispatcher, journal and two scripted devices, as one start of the agent has them. */
final class House implements AutoCloseable {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, Asked> told = new ConcurrentHashMap<>();
  private final Journal journal;
  private final BlobStore blobs;
  private final DeviceRegistry devices;
  private final CommandDispatcher dispatcher;

  /** A start on a data folder; the devices are not opened yet. */
  House(Path data, ScriptedDriver driver, Clock clock) throws Exception {
    this(data, driver, clock, JournalSettings.in(data).largestBytes());
  }

  /** A start whose journal may become so large. */
  House(Path data, ScriptedDriver driver, Clock clock, long largestJournal) throws Exception {
    JournalSettings usual = JournalSettings.in(data);
    journal =
        Journal.open(
            new JournalSettings(
                usual.folder(),
                usual.keyFile(),
                usual.nativeFolder(),
                largestJournal,
                usual.keptFor(),
                usual.keptCommands()),
            clock);
    blobs = BlobStore.open(data.resolve("spool"), BlobLimits.DEFAULT, System::nanoTime);
    devices =
        new DeviceRegistry(
            List.of(
                new NamedDevice(ScriptedDriver.settings("one"), "scripted"),
                new NamedDevice(ScriptedDriver.settings("two"), "scripted")),
            Map.of("scripted", driver),
            new Surroundings("session", Locale.ENGLISH, clock, ScreenSource.NONE, new Silent()));
    dispatcher =
        new CommandDispatcher(
            devices,
            Optional.of(journal),
            blobs,
            Locale.ENGLISH,
            clock,
            Runnable::run,
            new CommandCounters(meters));
  }

  /** Goes on with what an earlier start left, and opens the devices. */
  House start() throws JournalException {
    dispatcher.recover(this::way);
    devices.start();
    return this;
  }

  /** What the client was told by itself of a command of an earlier start. */
  Asked told(String id) {
    return told.computeIfAbsent(id, any -> Asked.delivered());
  }

  private ReplyTo way(String client, ReplyAddress address) {
    assertThat(client).isEqualTo("client");
    assertThat(address.topic()).isEqualTo("doorstep/v1/P/reply/client");
    assertThat(address.correlation().orElseThrow()).asString().isEqualTo("corr");
    return new Telling(this);
  }

  CommandDispatcher dispatcher() {
    return dispatcher;
  }

  Journal journal() {
    return journal;
  }

  BlobStore blobs() {
    return blobs;
  }

  double count(String name) {
    return meters.counter(name).count();
  }

  /** Sends the test's operation and waits for its end. */
  Asked send(String device, String id, String word, String more) {
    Asked asked = dispatch(device, command(id, word, more));
    asked.last();
    return asked;
  }

  Asked dispatch(String device, String json) {
    return dispatch(device, json, "client", Asked.delivered());
  }

  Asked dispatch(String device, String json, String client, Asked asked) {
    return dispatch(device, json, client, false, asked);
  }

  /** The broker delivers a message that it may have delivered before. */
  Asked redeliver(String device, String json) {
    return dispatch(device, json, "client", true, Asked.delivered());
  }

  private Asked dispatch(
      String device, String json, String client, boolean redelivered, Asked asked) {
    dispatcher.dispatch(
        new Request(
            client,
            device,
            json.getBytes(StandardCharsets.UTF_8),
            false,
            redelivered,
            Duration.ofSeconds(30),
            asked,
            asked::safe));
    return asked;
  }

  static String command(String id, String word, String more) {
    return "{\"id\":\"%s\",\"operation\":\"x-test.act\",\"parameters\":{\"word\":\"%s\"}%s}"
        .formatted(id, word, more);
  }

  @Override
  public void close() {
    dispatcher.stop();
    devices.close();
    journal.close();
    blobs.close();
    meters.close();
  }

  /** Hands each reply to what the test looks at, by its command. */
  private record Telling(House house) implements ReplyTo {
    @Override
    public int pieceSize() {
      return 64 * 1024;
    }

    @Override
    public Optional<ReplyAddress> address() {
      return Optional.empty();
    }

    @Override
    public void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered) {
      house.told(reply.head().id().orElseThrow()).send(reply, blobs, delivered);
    }

    @Override
    public void sendPieces(OutgoingBlob blob, List<Integer> pieces) {
      throw new AssertionError("nobody asked for pieces");
    }

    @Override
    public void preview(String id, byte[] jpeg) {
      house.told(id).preview(id, jpeg);
    }
  }

  private static final class Silent implements DeviceWatcher {
    @Override
    public void changed(String device, DeviceStatus status) {
      assertThat(status.session()).isEqualTo("session");
    }

    @Override
    public void happened(String device, String event, Subject subject, Object data) {
      throw new AssertionError("this device tells nothing");
    }
  }
}
