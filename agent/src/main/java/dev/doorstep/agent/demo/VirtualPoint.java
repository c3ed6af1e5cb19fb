package dev.doorstep.agent.demo;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.Drivers;
import dev.doorstep.agent.StartException;
import dev.doorstep.agent.config.ConfigurationException;
import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.driver.Driver;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.EmbeddedBroker;
import dev.doorstep.simulator.VirtualCounter;
import dev.doorstep.simulator.device.Resident;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A point with everything around it, in one process and one temporary folder. */
public final class VirtualPoint implements AutoCloseable {
  /** The point's id. */
  public static final String POINT = "demo-0001";

  private static final Logger log = LoggerFactory.getLogger(VirtualPoint.class);
  private static final Duration STARTING = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final VirtualCounter counter;
  private final Agent agent;
  private final Resident resident;
  private final Center center;

  /**
   * Starts broker, counter, agent and center, seats a resident at the pad, and waits until each
   * device was looked for.
   *
   * @throws IOException if one of them cannot start
   */
  public VirtualPoint() throws IOException, InterruptedException {
    try {
      Path folder = Files.createTempDirectory("doorstep-demo");
      parts.push(() -> delete(folder));
      EmbeddedBroker broker = EmbeddedBroker.start(0);
      parts.push(broker);
      counter = VirtualCounter.start(folder);
      parts.push(counter);
      Path file = Files.writeString(folder.resolve("doorstep.yaml"), yaml(broker, counter));
      Map<String, Driver> drivers = Drivers.builtIn();
      agent = Agent.start(new ConfigurationFile(file, drivers).read(), drivers);
      parts.push(agent);
      resident = counter.resident(agent.screen("pad").orElseThrow());
      resident.willPress(EvaluationLevel.VERY_SATISFIED.name());
      center = Center.connect(URI.create(broker.url()), "demo-center");
      parts.push(center);
      awaitDevices();
    } catch (ConfigurationException | StartException e) {
      close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The counter, to place cards and to break things. */
  public VirtualCounter counter() {
    return counter;
  }

  /** The center's client. */
  public Center center() {
    return center;
  }

  /** The agent. */
  public Agent agent() {
    return agent;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        log.warn("a part of the virtual point did not close: {}", e.toString());
      }
    }
    parts.clear();
  }

  private void awaitDevices() throws InterruptedException {
    long until = System.nanoTime() + STARTING.toNanos();
    while (System.nanoTime() < until && !ready()) {
      Thread.sleep(10);
    }
  }

  private boolean ready() {
    return agent.isOnline()
        && resident.watching()
        && agent.devices().lanes().stream()
            .map(DeviceLane::status)
            .noneMatch(status -> status.state().is(State.STARTING));
  }

  private static String yaml(EmbeddedBroker broker, VirtualCounter counter) {
    return """
        point: {id: %s, name: 演示服务点, area: "310106"}
        mqtt: {url: "%s"}
        local: {port: 0}
        screen: {port: 0}
        devices:
          - {id: reader,  driver: sam-id-card,  connection: "%s"}
          - {id: camera,  driver: video-camera, connection: "%s"}
          - {id: printer, driver: esc-pos,      connection: "%s"}
          - {id: pad,     driver: web-screen,   connection: "screen:pad"}
          - {id: keypad,  driver: serial-pad,   connection: "%s"}
        """
        .formatted(
            POINT,
            broker.url(),
            counter.connection("reader"),
            counter.connection("camera"),
            counter.connection("printer"),
            counter.connection("keypad"));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
