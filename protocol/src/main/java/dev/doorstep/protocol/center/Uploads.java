package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.operation.Received;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends documents up: all pieces, then those that the point has not got, until it has all of them.
 * Each upload has a thread while it lasts, and a few pieces in memory.
 */
final class Uploads {
  /** How many run at once; others wait for their turn. */
  static final int MOST = 2;

  private static final int PIECE_MARGIN = 1024;
  private static final int ROUNDS = 10;
  private static final int PIECES_A_ROUND = 500;
  private static final int ID_LENGTH = 40;
  private static final long PRESENCE_SECONDS = 60;

  private final String client;
  private final Locale locale;
  private final Presence presence;
  private final AwaitedPoints awaited;
  private final Remote remote;
  private final ExecutorService threads;
  private volatile @Nullable BrokerConnection connection;
  private volatile int pieceSize = Content.LARGEST_PIECE;

  Uploads(
      String client,
      Locale locale,
      ScheduledExecutorService clock,
      Presence presence,
      Remote remote) {
    this.client = client;
    this.locale = locale;
    this.presence = presence;
    this.awaited = new AwaitedPoints(clock, presence);
    this.remote = remote;
    this.threads = Threads.pool("doorstep-center-upload-" + client, MOST);
  }

  void connected(BrokerConnection fresh) {
    connection = fresh;
    pieceSize =
        (int)
            Math.max(
                Content.SMALLEST_PIECE,
                Math.min(Content.LARGEST_PIECE, fresh.largestPacket() - PIECE_MARGIN));
  }

  void disconnected() {
    connection = null;
  }

  void close() {
    threads.shutdownNow();
    awaited.close(() -> failed(ErrorCode.NO_REPLY, "the client was closed before"));
  }

  /**
   * What a command says of a document that goes up.
   *
   * @param seed what makes the id, beside the document: the same for a repeat
   * @throws IOException if it cannot be read, is empty or has more than 4 GiB
   */
  Content.Blob describe(String seed, String contentType, UploadSource source) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    byte[] buffer = new byte[Content.LARGEST_PIECE];
    try (InputStream in = source.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        size += n;
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    long pieces = (size + pieceSize - 1) / pieceSize;
    byte[] name = (seed + " " + hash + " " + pieces).getBytes(StandardCharsets.UTF_8);
    String id = HexFormat.of().formatHex(sha256().digest(name)).substring(0, ID_LENGTH);
    try {
      return new Content.Blob(contentType, id, size, hash, Math.toIntExact(pieces));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("a document of " + size + " bytes cannot be sent up", e);
    }
  }

  /** Sends a document up. */
  CompletionStage<Content> upload(
      String point, String seed, String contentType, UploadSource source) {
    return run(
        () -> {
          Content.Blob blob = describe(seed, contentType, source);
          send(point, blob, source);
          return blob;
        });
  }

  /**
   * Waits for a point that need not be online yet.
   *
   * @return completes once it is; or, exceptionally, {@link CallFailedException} with EXPIRED
   */
  CompletionStage<?> online(String point, Duration time) {
    return awaited.online(
        point,
        time,
        () -> failed(State.EXPIRED, ErrorCode.EXPIRED, "the point did not come in time"));
  }

  /** Sends a document up that was described before. */
  CompletionStage<Content> upload(String point, Content.Blob blob, UploadSource source) {
    return run(
        () -> {
          send(point, blob, source);
          return blob;
        });
  }

  private interface Work {
    Content.Blob run() throws IOException, InterruptedException;
  }

  private CompletionStage<Content> run(Work work) {
    CompletableFuture<Content> result = new CompletableFuture<>();
    try {
      threads.execute(() -> run(work, result));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the center's client is closed", e);
    }
    return result;
  }

  private void run(Work work, CompletableFuture<Content> result) {
    try {
      result.complete(work.run());
    } catch (InterruptedException e) {
      result.completeExceptionally(failed(ErrorCode.NO_REPLY, "the client was closed before"));
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private void send(String point, Content.Blob blob, UploadSource source)
      throws IOException, InterruptedException {
    await(point);
    BitSet wanted = new BitSet();
    wanted.set(0, blob.pieces());
    int most = ROUNDS + blob.pieces() / PIECES_A_ROUND;
    for (int round = 0; round < most; round++) {
      sendPieces(point, blob, source, wanted);
      Received received = received(point, blob);
      if (received.complete()) {
        return;
      }
      wanted.clear();
      received.missing().stream().filter(n -> n >= 0 && n < blob.pieces()).forEach(wanted::set);
      if (wanted.isEmpty()) {
        throw failed(ErrorCode.BLOB_DAMAGED, "the point has all pieces, and not this document");
      }
    }
    throw failed(
        ErrorCode.BLOB_DAMAGED, "pieces are still missing at the point after " + most + " rounds");
  }

  private void await(String point) throws IOException, InterruptedException {
    CompletableFuture<Optional<String>> absence = new CompletableFuture<>();
    presence.ask(point, absence::complete);
    Optional<String> why;
    try {
      why = absence.get(PRESENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      why = Optional.of("there is no connection to the broker");
    }
    if (why.isPresent()) {
      throw failed(ErrorCode.NOT_ONLINE, why.get());
    }
  }

  private void sendPieces(String point, Content.Blob blob, UploadSource source, BitSet wanted)
      throws IOException, InterruptedException {
    Topics topics = new Topics(point);
    PieceSender sender = new PieceSender(() -> Optional.ofNullable(connection));
    int size = size(blob);
    try (InputStream in = source.open()) {
      for (int n = 0; n < wanted.length(); n++) {
        if (wanted.get(n)) {
          byte[] piece = in.readNBytes(size);
          if (piece.length == 0) {
            throw new IOException("the document became shorter while it was sent up");
          }
          sender.send(topics.upload(client, blob.id(), n), piece);
        } else {
          in.skipNBytes(size);
        }
      }
    }
    sender.flush();
  }

  /** The size of its pieces, also if the broker takes larger or smaller ones since. */
  private int size(Content.Blob blob) {
    return blob.pieces() == (blob.size() + pieceSize - 1) / pieceSize
        ? pieceSize
        : (int) ((blob.size() + blob.pieces() - 1) / blob.pieces());
  }

  private Received received(String point, Content.Blob blob) throws InterruptedException {
    try {
      return remote.received(point, blob).toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw failed(ErrorCode.INTERNAL, String.valueOf(e.getCause()));
    }
  }

  private CallFailedException failed(ErrorCode code, String detail) {
    return failed(State.FAILED, code, detail);
  }

  private CallFailedException failed(State state, ErrorCode code, String detail) {
    return new CallFailedException(
        "upload", CallFailedException.reply(Optional.empty(), state, code, detail, locale));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
