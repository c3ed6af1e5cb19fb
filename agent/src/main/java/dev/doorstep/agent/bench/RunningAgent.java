package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.PointStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code doorstep run} as a process of its own, as the launcher starts it. */
final class RunningAgent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningAgent.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Duration start;
  private final Duration processor;

  private RunningAgent(Process process, Duration start) {
    this.process = process;
    this.start = start;
    this.processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Starts it and waits until the point is online and each of its devices ready.
   *
   * @param folder where configuration, data and log are
   * @param more further options of the virtual machine
   * @throws IOException with the end of its log, if it does not come to that
   */
  @SuppressWarnings("try") // the bus listens while it is open
  static RunningAgent start(Path folder, URI broker, Counter counter, List<String> more)
      throws IOException, InterruptedException {
    Path configuration = counter.configure(folder, broker);
    Arrival arrival = new Arrival(counter.count());
    String root = "doorstep/v1/" + counter.point() + "/";
    try (Bus bus = Bus.open(broker, List.of(root + "status", root + "device/+"), arrival::heard)) {
      List<String> line = new ArrayList<>(JavaOptions.command());
      line.addAll(1, more);
      line.addAll(List.of("run", "--lang", "en", "--config", configuration.toString()));
      Path told = folder.resolve("agent.log");
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(told.toFile()).start();
      try {
        long ready = arrival.await(process, PATIENCE);
        return new RunningAgent(process, Duration.ofNanos(ready - begun));
      } catch (IOException | InterruptedException e) {
        end(process);
        log.error("the agent said: {}", Files.readString(told));
        throw e;
      }
    }
  }

  /** How long it took from the start of the process until everything was ready. */
  Duration startTime() {
    return start;
  }

  /** What it took of the processors until then: less of a busy machine in it than in the time. */
  Duration processorTime() {
    return processor;
  }

  /** A line of {@code /proc/{pid}/status} such as {@code VmRSS}, in MB. */
  double memory(String line) throws IOException {
    for (String one : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (one.startsWith(line + ":")) {
        return Long.parseLong(one.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("/proc tells no " + line + " here: memory is measured on Linux");
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What the retained documents of a start tell. */
  private static final class Arrival {
    private final int devices;
    private final Set<String> ready = new HashSet<>();
    private boolean online;
    private long since;

    Arrival(int devices) {
      this.devices = devices;
    }

    synchronized void heard(String topic, MqttMessage message) {
      if (message.isRetained()) {
        return; // what an earlier start left
      }
      try {
        if (topic.endsWith("/status")) {
          PointStatus status = Codec.read(PointStatus.class, message.getPayload());
          online = status.state().is(PointStatus.State.ONLINE);
        } else {
          DeviceStatus status = Codec.read(DeviceStatus.class, message.getPayload());
          if (status.state().is(DeviceStatus.State.READY)) {
            ready.add(topic);
          }
        }
        if (since == 0 && online && ready.size() == devices) {
          since = System.nanoTime();
        }
        notifyAll();
      } catch (InvalidMessageException e) {
        log.warn("{} is not understood: {}", topic, e.getMessage());
      }
    }

    synchronized long await(Process process, Duration patience)
        throws IOException, InterruptedException {
      long end = System.nanoTime() + patience.toNanos();
      while (since == 0) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException(
              "the agent is not ready: " + ready.size() + " of " + devices + " devices are");
        }
        TimeUnit.MILLISECONDS.timedWait(this, 50);
      }
      return since;
    }
  }
}
