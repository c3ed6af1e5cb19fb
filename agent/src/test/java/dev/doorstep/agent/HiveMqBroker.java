package dev.doorstep.agent;

import dev.doorstep.simulator.device.HeldPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HiveMQ CE as a child process on 127.0.0.1, that keeps nothing beyond its end. Its configuration
 * and its log, {@code hivemq.log}, are in its folder. It takes anybody, and tells nobody that it
 * runs.
 */
public final class HiveMqBroker implements AutoCloseable {
  private static final Path CLASS_PATH = Path.of("target", "hivemq.classpath");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Path folder;
  private final HeldPort port;
  private @Nullable Process process;

  private HiveMqBroker(Path folder, HeldPort port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a broker on a free port; returns when it takes connections.
   *
   * @param folder an existing folder for its files
   * @throws UncheckedIOException if it does not start, with its log
   */
  public static HiveMqBroker start(Path folder) {
    HiveMqBroker broker = new HiveMqBroker(folder, HeldPort.take(0));
    try {
      broker.launch();
      return broker;
    } catch (IOException e) {
      broker.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect. */
  public String url() {
    return "mqtt://127.0.0.1:" + port();
  }

  /** The TCP port, the same after a restart. */
  public int port() {
    return port.port();
  }

  /** Ends the broker without notice and starts it again on the same port; it knows nobody then. */
  public synchronized void restart() {
    end();
    try {
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the broker at once: leaving in an orderly way takes it four seconds. */
  @Override
  public synchronized void close() {
    end();
    port.close();
  }

  private void end() {
    Process ending = process;
    process = null;
    if (ending == null) {
      return;
    }
    try {
      ending.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void launch() throws IOException {
    for (String name : List.of("conf", "data", "log", "extensions", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("conf/config.xml"),
        """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          </listeners>
          <persistence><mode>in-memory</mode></persistence>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
            .formatted(port()));
    Process started =
        new ProcessBuilder(command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("hivemq.log").toFile())
            .start();
    process = started;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() > end || !paused(started)) {
        end();
        throw new IOException(
            "HiveMQ does not start: " + Files.readString(folder.resolve("hivemq.log")));
      }
    }
  }

  private List<String> command() throws IOException {
    if (!Files.exists(CLASS_PATH)) {
      throw new IOException(
          CLASS_PATH.toAbsolutePath() + " is missing: mvn -pl agent -am generate-test-resources");
    }
    Path tests =
        Path.of(HiveMqMain.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.io.tmpdir=" + folder.resolve("tmp"),
        "-Dhivemq.home=" + folder,
        "-cp",
        Files.readString(CLASS_PATH).strip() + File.pathSeparator + tests,
        HiveMqMain.class.getName());
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1_000);
      return true;
    } catch (IOException e) {
      // Refused: that it is not there yet is the answer.
      return false;
    }
  }

  /** Waits a moment, or less if the process ends. */
  private static boolean paused(Process started) {
    try {
      return !started.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
