package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A resident in front of an evaluation pad, with the browser that shows its page: opens the page,
 * then the page's WebSocket at the same path and {@code /channel}, and answers what is asked. When
 * the server goes away, or is not there yet, the browser tries again until it is closed.
 *
 * <p>Unless told otherwise the resident presses 满意 ({@code SATISFIED}) as soon as asked, agrees to
 * what is to be confirmed and signs what is to be signed. What is on the screen when the resident
 * changes their mind is answered then. The browser says of itself that it shows what is to be read.
 */
public final class Resident implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Resident.class);
  private static final Duration BACK_OFF = Duration.ofMillis(200);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int PAGE_MILLIS = 5_000;
  private static final int MAX_PAGE = 1 << 20;
  private static final int MAX_SEEN = 100;

  /** What the resident does with a task: the answer as JSON, or none. */
  private record Intent(
      Function<PadTask, Optional<String>> pad, Function<ScreenTask, Optional<String>> screen) {}

  private final URI page;
  private final Deque<PadTask> seen = new ArrayDeque<>();
  private final Deque<ScreenTask> read = new ArrayDeque<>();
  private Intent intent = pressing("SATISFIED");
  private boolean closed;
  private @Nullable Socket connection;
  private @Nullable WebSocketLine line;
  private Optional<PadTask> asked = Optional.empty();
  private Optional<ScreenTask> shown = Optional.empty();
  private @Nullable Thread thread;

  private Resident(URI page) {
    this.page = page;
  }

  /**
   * Sits down in front of a page; returns at once.
   *
   * @param page for example {@code http://127.0.0.1:7788/screen/pad}
   * @throws IllegalArgumentException if it is not an http address with a host and a port
   */
  public static Resident open(URI page) {
    if (!"http".equals(page.getScheme()) || page.getHost() == null || page.getPort() < 0) {
      throw new IllegalArgumentException("not http://host:port/path: " + page);
    }
    Resident resident = new Resident(page);
    resident.thread = Threads.start("doorstep-resident-" + page.getPort(), resident::browse);
    return resident;
  }

  /** From now on presses this level, by its name, such as {@code VERY_SATISFIED}. */
  public void willPress(String level) {
    will(pressing(level));
  }

  /** From now on does not want to evaluate, to confirm or to sign, and says so. */
  public void willDecline() {
    will(new Intent(task -> Optional.of(task.declined()), ScreenTask::refused));
  }

  /** From now on does not touch the screen. */
  public void willStayAway() {
    will(new Intent(task -> Optional.empty(), task -> Optional.empty()));
  }

  /** The evaluations that the page showed, oldest first; at most the last hundred. */
  public synchronized List<PadTask> tasksSeen() {
    return List.copyOf(seen);
  }

  /** What the page showed to be read, oldest first; at most the last hundred. */
  public synchronized List<ScreenTask> tasksRead() {
    return List.copyOf(read);
  }

  /** Tells whether the page is open and connected. */
  public synchronized boolean watching() {
    return line != null;
  }

  /** Closes the browser. */
  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      Sockets.closeQuietly(connection);
      ending = thread;
    }
    Threads.end(ending);
  }

  private static Intent pressing(String level) {
    return new Intent(
        task -> {
          if (task.levels().contains(level)) {
            return Optional.of(task.given(level));
          }
          LOG.warn("the page has no button {}", level);
          return Optional.empty();
        },
        ScreenTask::agreed);
  }

  private synchronized void will(Intent next) {
    intent = next;
    answer();
  }

  private void browse() {
    do {
      try {
        look();
        watch();
      } catch (IOException e) {
        LOG.debug("{}: {}", page, e.toString());
      } finally {
        release();
      }
    } while (!closed() && Threads.pause(BACK_OFF));
  }

  /** Opens the page, as a browser does before there is any WebSocket. */
  private void look() throws IOException {
    try (Socket socket = connect()) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
              .formatted(page.getPath(), page.getAuthority());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      HttpHead head = HttpHead.read(in);
      String type = head.field("Content-Type").orElse("").toLowerCase(Locale.ROOT);
      if (!head.first().startsWith("HTTP/1.1 200") || !type.startsWith("text/html")) {
        throw new IOException("no page: " + head.first() + ", " + type);
      }
      int length = in.readNBytes(MAX_PAGE).length;
      LOG.debug("a page of {} bytes", length);
    }
  }

  private void watch() throws IOException {
    try (Socket socket = connect()) {
      WebSocketLine opened =
          WebSocketLine.open(socket, page.getAuthority(), page.getPath() + "/channel");
      socket.setSoTimeout(0);
      hold(socket, opened);
      Optional<String> message = opened.read();
      while (message.isPresent()) {
        JsonNode task = PageMessage.read(message.get());
        show(PadTask.of(task), ScreenTask.of(task));
        message = opened.read();
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      hold(socket, null);
      SocketAddress address = new InetSocketAddress(page.getHost(), page.getPort());
      socket.connect(address, CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PAGE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private synchronized void hold(Socket socket, @Nullable WebSocketLine opened) throws IOException {
    if (closed) {
      throw new IOException("the browser is closed");
    }
    connection = socket;
    line = opened;
  }

  private synchronized void release() {
    connection = null;
    line = null;
    asked = Optional.empty();
    shown = Optional.empty();
  }

  private synchronized boolean closed() {
    return closed;
  }

  private synchronized void show(Optional<PadTask> pad, Optional<ScreenTask> screen) {
    asked = pad;
    shown = screen;
    pad.ifPresent(task -> remember(seen, task));
    screen.ifPresent(task -> remember(read, task));
    screen.ifPresent(task -> send(task.shown()));
    answer();
  }

  private static <T> void remember(Deque<T> tasks, T task) {
    tasks.add(task);
    if (tasks.size() > MAX_SEEN) {
      tasks.removeFirst();
    }
  }

  private void answer() {
    Optional<String> answer = asked.flatMap(intent.pad).or(() -> shown.flatMap(intent.screen));
    if (answer.isPresent() && send(answer.get())) {
      asked = Optional.empty();
      shown = Optional.empty();
    }
  }

  private boolean send(String answer) {
    WebSocketLine open = line;
    if (open == null) {
      return false;
    }
    try {
      open.send(answer);
      return true;
    } catch (IOException e) {
      LOG.debug("the answer was lost: {}", e.toString());
      return false;
    }
  }
}
