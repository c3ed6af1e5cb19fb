package dev.doorstep.driver.pcscsocialcard;

import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.simulator.device.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.smartcardio.CardTerminals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debian's pcscd with vpcd's two virtual readers, as a child process with a configuration of its
 * own. The socket to its clients has one place on a machine, so there is one at a time, and it
 * belongs to root.
 */
final class Pcscd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pcscd.class);
  private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
  private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of those who test at the same time in this build, one after the other. */
  private static final Path TURN = Path.of("target", "pcscd.lock");

  private final FileChannel turn;
  private final Path configuration;
  private final int port;
  private Process process;

  private Pcscd(FileChannel turn, Path configuration, int port) throws IOException {
    this.turn = turn;
    this.configuration = configuration;
    this.port = port;
    this.process = launch();
  }

  /** Starts one that has its configuration in a folder. */
  static Pcscd start(Path folder) throws IOException {
    Path configuration = Files.createDirectories(folder.resolve("reader.conf.d"));
    FileChannel turn = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      turn.lock(); // let go of with the channel
      int port = freePair();
      Files.writeString(
          configuration.resolve("vpcd"),
          """
          FRIENDLYNAME "Virtual PCD"
          DEVICENAME   /dev/null:0x%04X
          LIBPATH      %s
          CHANNELID    0x%04X
          """
              .formatted(port, DRIVER, port));
      return new Pcscd(turn, configuration, port);
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  /** Where a card of a reader, 0 or 1, is put in. */
  int port(int reader) {
    return port + reader;
  }

  /** Waits until it has seen that there is no card in a reader. */
  void awaitEmpty(int reader) throws Exception {
    try (PcscSession session = PcscSession.begin()) {
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .until(
              () ->
                  session.call(
                      readers ->
                          readers.list(CardTerminals.State.CARD_ABSENT).stream()
                              .anyMatch(r -> r.getName().equals("Virtual PCD 00 0" + reader)),
                      Deadline.after(PATIENCE)));
    }
  }

  /** Kills it, and returns when it is gone. */
  void kill() throws IOException {
    try {
      if (!process.destroyForcibly().waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("pcscd does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again. */
  void startAgain() throws IOException {
    process = launch();
  }

  /** Stops it for a while: it neither answers nor ends. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on. */
  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
      clean();
    } finally {
      turn.close();
    }
  }

  /** What one that was killed leaves. */
  private static void clean() throws IOException {
    Files.deleteIfExists(SOCKET);
    Files.deleteIfExists(SOCKET.resolveSibling("pcscd.pid"));
  }

  private static boolean served() {
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(SOCKET)).close();
      return true;
    } catch (IOException e) {
      LOG.debug("nobody is there", e);
      return false;
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  private Process launch() throws IOException {
    if (served()) {
      throw new IOException("another pcscd serves " + SOCKET + "; stop it, and its socket");
    }
    clean();
    Process started =
        new ProcessBuilder(
                Programs.find("pcscd").orElseThrow().toString(),
                "--foreground",
                "--config",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(configuration.resolveSibling("pcscd.log").toFile())
            .start();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> !started.isAlive() || Files.exists(SOCKET));
    if (!started.isAlive()) {
      throw new IOException(
          "pcscd did not start: "
              + Files.readString(configuration.resolveSibling("pcscd.log"))
              + " (as root, and where no other one runs)");
    }
    return started;
  }

  /**
   * Two ports beside each other, which the readers take: below those that the system gives to
   * outgoing connections, one of which would take a port while pcscd is restarted.
   */
  private static int freePair() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket first = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          ServerSocket second = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (IOException e) {
        LOG.debug("the neighbour is taken", e);
      }
    }
    throw new IOException("no two free ports beside each other");
  }
}
