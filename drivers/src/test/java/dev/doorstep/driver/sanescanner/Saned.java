package dev.doorstep.driver.sanescanner;

import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's SANE daemon as a child process, with a configuration of its own and the back end {@code
 * test}. It reads the settings anew for each session.
 */
final class Saned implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Path folder;
  private final HeldPort port;
  private @Nullable Process process;

  private Saned(Path folder, HeldPort port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one; its scanner is {@link #connection()}. */
  static Saned start(Path folder) {
    try {
      Files.writeString(folder.resolve("dll.conf"), "test\n");
      Files.writeString(folder.resolve("saned.conf"), "");
      Saned saned = new Saned(folder, HeldPort.take(0));
      saned.set(Map.of());
      saned.plugIn();
      return saned;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its configuration. */
  Path folder() {
    return folder;
  }

  String connection() {
    return "sane:127.0.0.1:" + port.port() + "/test:0";
  }

  /** Settings of the back end, from the next session on, such as {@code read-status-code}. */
  void set(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(Map.of("number_of_devices", "1"));
    all.putAll(settings);
    List<String> lines = new ArrayList<>();
    all.forEach((key, value) -> lines.add(key + " " + value));
    try {
      Files.write(folder.resolve("test.conf"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the daemon; returns when it takes connections. */
  void plugIn() {
    ProcessBuilder builder =
        new ProcessBuilder(
                Programs.find("saned").orElseThrow().toString(),
                "-l",
                "-b",
                "127.0.0.1",
                "-p",
                Integer.toString(port.port()),
                "-e")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("SANE_CONFIG_DIR", folder.toString());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::accepts);
  }

  /** Ends the daemon and all its sessions at once, as a power cut does. */
  void unplug() {
    Process ending = process;
    if (ending == null) {
      return;
    }
    process = null;
    List<ProcessHandle> all = new ArrayList<>(ending.descendants().toList());
    all.add(ending.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    unplug();
    port.close();
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), 1000);
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
