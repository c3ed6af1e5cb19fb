package dev.doorstep.agent.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.doorstep.agent.Agent;
import dev.doorstep.agent.StartException;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.command.Request;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves health, metrics and the command line, on the loopback address alone. */
public final class LocalServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalServer.class);
  private static final int MOST_COMMANDS = 8;
  private static final int MOST_REQUESTS = 32;
  private static final Duration PATIENCE =
      Command.LONGEST_TIMEOUT.plus(Command.DEFAULT_EXPIRY).plusSeconds(10);

  private final Agent agent;
  private final HttpServer server;

  /** New with each start: nobody who comes over the broker has this name. */
  private final String client = "local-" + Names.random();

  private final ExecutorService threads;
  private final String token;
  private final Semaphore commands = new Semaphore(MOST_COMMANDS);

  private LocalServer(Agent agent, HttpServer server, ExecutorService threads, String token) {
    this.agent = agent;
    this.server = server;
    this.threads = threads;
    this.token = token;
  }

  /**
   * Starts serving.
   *
   * @param port 0 takes any that is free
   * @param data the folder that the token is put in
   * @throws StartException if the port is taken or the token cannot be written
   */
  public static LocalServer bind(Agent agent, int port, Path data) throws StartException {
    // Read when the server's classes load: a request that is sent by halves is given up.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new StartException(
          "port "
              + port
              + " is taken: perhaps an agent runs already; end it, or set local: {port: …} to"
              + " another",
          e);
    } catch (IOException e) {
      throw new StartException("port " + port + " cannot be opened: " + e.getMessage(), e);
    }
    String token;
    try {
      token = LocalToken.create(data);
    } catch (IOException e) {
      http.stop(0);
      throw new StartException("the folder " + data + " cannot be written: " + e, e);
    }
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            MOST_REQUESTS,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "doorstep-local");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    LocalServer local = new LocalServer(agent, http, threads, token);
    http.setExecutor(threads);
    http.createContext("/", local::serve);
    return local;
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String asked = exchange.getRequestMethod() + " " + path;
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !hosts().contains(host)) {
        answer(exchange, 403, "text/plain", "this server is for this machine alone");
      } else if (asked.equals("GET /health")) {
        answer(exchange, 200, "application/json", Codec.write(health()));
      } else if (asked.equals("GET /metrics")) {
        answer(exchange, 200, "text/plain; version=0.0.4", agent.metrics());
      } else if (TabletDesk.isFor(path)) {
        tablets(exchange, path);
      } else if (asked.startsWith("POST /command/") && commands.tryAcquire()) {
        try {
          command(exchange, path.substring("/command/".length()));
        } finally {
          commands.release();
        }
      } else if (asked.startsWith("POST /command/")) {
        answer(exchange, 503, "text/plain", MOST_COMMANDS + " commands are under way");
      } else {
        answer(
            exchange,
            404,
            "text/plain",
            "there are /health, /metrics, /tablets and /command/{device}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("a request was given up, since the agent stops");
    }
  }

  /** Whether somebody asks who has the token; others are told what is missing. */
  private boolean isOwner(HttpExchange exchange) throws IOException {
    String given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    boolean same = LocalToken.same("Bearer " + token, given);
    if (!same) {
      answer(exchange, 401, "text/plain", "the token of data/local.token is needed");
    }
    return same;
  }

  private void tablets(HttpExchange exchange, String path) throws IOException {
    if (isOwner(exchange)) {
      TabletDesk desk = new TabletDesk(agent.pairing(), agent.screensOnTheNetwork());
      TabletDesk.Answer answer = desk.answer(exchange.getRequestMethod(), path);
      String type = answer.status() == 200 ? "application/json" : "text/plain";
      answer(exchange, answer.status(), type, answer.body());
    }
  }

  private void command(HttpExchange exchange, String device)
      throws IOException, InterruptedException {
    if (!isOwner(exchange)) {
      return;
    }
    if (!Names.valid(device)) {
      answer(exchange, 404, "text/plain", "no name of a device");
      return;
    }
    byte[] payload = exchange.getRequestBody().readNBytes(Command.LARGEST_MESSAGE + 1);
    Execution execution = new Execution();
    agent
        .dispatcher()
        .dispatch(
            new Request(
                client,
                device,
                payload,
                false,
                false,
                Command.DEFAULT_EXPIRY,
                execution,
                () -> {}));
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      boolean more = true;
      while (more) {
        Optional<Execution.Step> step = execution.next(PATIENCE);
        if (step.isPresent()) {
          write(out, step.get());
          step.get().blobs().forEach(blob -> agent.release(client, blob.description().id()));
        }
        more = step.isPresent() && !step.get().reply().isFinal();
      }
    }
  }

  private static void write(OutputStream out, Execution.Step step) throws IOException {
    out.write(Codec.write(step.reply()));
    out.write('\n');
    for (OutgoingBlob blob : step.blobs()) {
      for (int n = 0; n < blob.description().pieces(); n++) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("blob", blob.description().id());
        line.put("base64", Base64.getEncoder().encodeToString(blob.piece(n)));
        out.write(Codec.write(line));
        out.write('\n');
      }
    }
    out.flush();
  }

  private Health health() {
    Map<String, String> states = new LinkedHashMap<>();
    for (DeviceLane lane : agent.devices().lanes()) {
      states.put(lane.id(), lane.status().state().text());
    }
    return new Health(agent.isOnline(), states);
  }

  /**
   * What {@code /health} says.
   *
   * @param online whether the broker is connected
   * @param devices the states of the devices, by name
   */
  private record Health(boolean online, Map<String, String> devices) {}

  private Set<String> hosts() {
    return Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    answer(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
