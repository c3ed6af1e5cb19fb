package dev.doorstep.simulator.testing;

import dev.doorstep.simulator.device.HeldPort;
import dev.doorstep.simulator.device.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's mosquitto as a child process, with a configuration of its own, on 127.0.0.1. Its log is
 * {@code mosquitto.log} in its folder.
 */
public final class MosquittoBroker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> SETTINGS =
      List.of(
          "allow_anonymous true",
          // Otherwise each exchange at QoS 1 waits 40 ms, and the 1001st message is dropped.
          "set_tcp_nodelay true",
          "max_queued_messages 0");

  private final Path program;
  private final Path folder;
  private final HeldPort port;
  private @Nullable Process process;

  private MosquittoBroker(Path program, Path folder, HeldPort port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a broker on a free port; returns when it takes connections.
   *
   * @param folder an existing folder for its configuration and log
   * @param settings further lines for its configuration; without {@code persistence true} it
   *     forgets everything when it ends
   * @throws UncheckedIOException if it is not installed or does not start, with its log
   */
  public static MosquittoBroker start(Path folder, String... settings) {
    Path program =
        Programs.find("mosquitto")
            .orElseThrow(
                () ->
                    new UncheckedIOException(
                        new IOException("no mosquitto here: apt-get install mosquitto")));
    MosquittoBroker broker = new MosquittoBroker(program, folder, HeldPort.take(0));
    try {
      broker.configure(List.of(settings));
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

  /** Ends the broker properly, if it runs, and starts it again on the same port. */
  public synchronized void restart() {
    end(false);
    try {
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the broker without notice, as a power cut does. */
  public synchronized void kill() {
    end(true);
  }

  /** Ends the broker properly. */
  @Override
  public synchronized void close() {
    end(false);
    port.close();
  }

  private void configure(List<String> settings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("listener " + port() + " 127.0.0.1");
    lines.addAll(SETTINGS);
    lines.addAll(settings);
    Files.write(folder.resolve("mosquitto.conf"), lines);
  }

  private void launch() throws IOException {
    Process started =
        new ProcessBuilder(program.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    process = started;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() > end || !paused(started)) {
        end(true);
        throw new IOException(
            "mosquitto does not start: " + Files.readString(folder.resolve("mosquitto.log")));
      }
    }
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
      return !started.waitFor(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void end(boolean atOnce) {
    Process ending = process;
    if (ending == null) {
      return;
    }
    process = null;
    if (atOnce) {
      ending.destroyForcibly();
    } else {
      ending.destroy();
    }
    try {
      if (!ending.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
