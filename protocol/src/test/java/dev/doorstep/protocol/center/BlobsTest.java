package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.operation.Received;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.Resent;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which documents give way to which. */
class BlobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PIECE = Content.LARGEST_PIECE;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService files = Executors.newSingleThreadExecutor();
  private final List<ResendPieces> asked = new CopyOnWriteArrayList<>();
  private final List<String> released = new CopyOnWriteArrayList<>();
  private final Map<String, RuntimeException> answers = new ConcurrentHashMap<>();
  private final Blobs blobs =
      new Blobs(
          CenterOptions.standard().withRoom(100_000).withLocale(Locale.ENGLISH),
          clock,
          files,
          new Point(),
          Duration.ofMillis(20));

  /** A point that notes what it is asked for. */
  private final class Point implements Remote {
    @Override
    public CompletionStage<Resent> resend(String point, ResendPieces pieces) {
      asked.add(pieces);
      RuntimeException failure = answers.get(pieces.blob());
      return failure == null
          ? CompletableFuture.completedFuture(new Resent(pieces.pieces().size()))
          : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletionStage<Received> received(String point, Content.Blob blob) {
      return new CompletableFuture<>();
    }

    @Override
    public void release(String point, String blob) {
      released.add(blob);
    }
  }

  @AfterEach
  void stop() {
    blobs.close();
    clock.shutdownNow();
    files.shutdownNow();
  }

  private Content.Blob announce(String id, byte[] document) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    int pieces = (document.length + PIECE - 1) / PIECE;
    Content.Blob blob = new Content.Blob("image/jpeg", id, document.length, digest, pieces);
    blobs.announce("p", Codec.tree(blob));
    return blob;
  }

  private CompletableFuture<byte[]> fetch(Content content) {
    return blobs.fetch(content, PATIENCE).toCompletableFuture();
  }

  @Test
  void nothingGivesWayToADocumentThatFindsNoRoomEvenSo() throws Exception {
    byte[] first = new byte[60_000];
    byte[] second = new byte[40_000];
    Content unawaited = announce("first", first);
    Content awaited = announce("second", second);
    CompletableFuture<byte[]> waiting = fetch(awaited);

    Content third = announce("third", new byte[80_000]);

    send("first", first);
    send("second", second);
    assertThat(fetch(unawaited)).succeedsWithin(PATIENCE).isEqualTo(first);
    assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(second);
    assertThat(fetch(third)).failsWithin(PATIENCE);
  }

  @Test
  void theOldestUnawaitedGivesWayAndNoMore() throws Exception {
    byte[] large = new byte[50_000];
    Content awaited = announce("awaited", new byte[20_000]);
    CompletableFuture<byte[]> waiting = fetch(awaited);
    Content old = announce("old", new byte[40_000]);
    Content recent = announce("recent", new byte[30_000]);

    Content last = announce("last", large);

    send("last", large);
    send("recent", new byte[30_000]);
    assertThat(fetch(last)).succeedsWithin(PATIENCE).isEqualTo(large);
    assertThat(fetch(recent)).succeedsWithin(PATIENCE);
    assertThat(fetch(old)).failsWithin(PATIENCE);
    assertThat(waiting).isNotDone();
  }

  private void send(String id, byte[] document) {
    for (int n = 0; n * PIECE < document.length; n++) {
      send(id, document, n);
    }
  }

  private void send(String id, byte[] document, int n) {
    int end = Math.min(document.length, (n + 1) * PIECE);
    blobs.piece("p", new Topics.Piece(id, n), Arrays.copyOfRange(document, n * PIECE, end));
  }

  @Test
  void missingPiecesAreAskedForAgainAndAgainAndTheWholeIsReleased() throws Exception {
    byte[] document = new byte[90_000];
    document[70_000] = 7;
    Content content = announce("large", document);
    CompletableFuture<byte[]> waiting = fetch(content);
    send("large", document, 1);

    await().until(() -> asked.size() >= 2);
    assertThat(released).isEmpty();
    send("large", document, 0);

    assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(document);
    assertThat(asked).extracting(ResendPieces::pieces).containsOnly(List.of(0));
    assertThat(released).containsExactly("large");
    assertThat(fetch(content)).succeedsWithin(PATIENCE);
    assertThat(released).hasSize(1);
  }

  @Test
  void nothingIsAskedForThatNobodyFetches() throws Exception {
    announce("large", new byte[90_000]);
    Content other = announce("other", new byte[10_000]);
    send("other", new byte[10_000]);
    assertThat(fetch(other)).succeedsWithin(PATIENCE);

    assertThat(asked).isEmpty();
  }

  @Test
  void aPointThatNoLongerHasItEndsTheFetchAndAnOlderAgentIsNotAskedAgain() throws Exception {
    Content gone = announce("gone", new byte[20_000]);
    answers.put("gone", failed(ErrorCode.GONE));
    assertThat(failure(fetch(gone)).is(ErrorCode.GONE)).isTrue();

    Content old = announce("old", new byte[20_000]);
    answers.put("old", failed(ErrorCode.UNSUPPORTED));
    CompletableFuture<byte[]> waiting =
        blobs.fetch(old, Duration.ofMillis(400)).toCompletableFuture();
    assertThat(failure(waiting).is(ErrorCode.BLOB_DAMAGED)).isTrue();
    assertThat(asked).extracting(ResendPieces::blob).containsExactly("gone", "old");
  }

  @Test
  void whatDoesNotMatchItsDigestMayBeFetchedAgain() throws Exception {
    byte[] document = new byte[90_000];
    Content content = announce("large", document);
    CompletableFuture<byte[]> waiting = fetch(content);
    byte[] damaged = document.clone();
    damaged[80_000] = 1;
    send("large", damaged);
    assertThat(failure(waiting).is(ErrorCode.BLOB_DAMAGED)).isTrue();

    CompletableFuture<byte[]> again = fetch(content);

    await().until(() -> !asked.isEmpty());
    assertThat(asked.get(0).pieces()).containsExactly(0, 1);
    send("large", document);
    assertThat(again).succeedsWithin(PATIENCE).isEqualTo(document);
    assertThat(released).containsExactly("large");
  }

  @Test
  void whatThePointNoLongerHadIsAskedForAgainAndGivesWay() throws Exception {
    Content gone = announce("gone", new byte[60_000]);
    answers.put("gone", failed(ErrorCode.GONE));
    assertThat(failure(fetch(gone)).is(ErrorCode.GONE)).isTrue();
    answers.clear();
    CompletableFuture<byte[]> again = fetch(gone);
    await().until(() -> asked.size() >= 2);
    send("gone", new byte[60_000]);
    assertThat(again).succeedsWithin(PATIENCE);

    Content other = announce("other", new byte[80_000]);
    send("other", new byte[80_000]);
    assertThat(fetch(other)).succeedsWithin(PATIENCE);
  }

  @Test
  void piecesOfAnotherSizeAreNoneOfIt() throws Exception {
    byte[] document = new byte[90_000];
    Content content = announce("large", document);
    CompletableFuture<byte[]> waiting = fetch(content);
    blobs.piece("p", new Topics.Piece("large", 0), new byte[30_000]);
    blobs.piece("p", new Topics.Piece("large", 2), new byte[1_000]);
    send("large", document, 0);
    blobs.piece("p", new Topics.Piece("large", 1), new byte[1_000]);
    send("large", document, 1);

    assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(document);
  }

  private static CallFailedException failed(ErrorCode code) {
    return new CallFailedException(
        "agent.resend",
        CallFailedException.reply(Optional.empty(), State.REJECTED, code, "", Locale.ENGLISH));
  }

  private static CallFailedException failure(CompletableFuture<?> waiting) throws Exception {
    assertThat(waiting).failsWithin(PATIENCE);
    try {
      waiting.get();
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      return (CallFailedException) Objects.requireNonNull(e.getCause());
    }
  }
}
