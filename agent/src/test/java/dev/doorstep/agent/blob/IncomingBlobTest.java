package dev.doorstep.agent.blob;

import static dev.doorstep.agent.blob.BlobFixture.SMALL;
import static dev.doorstep.agent.blob.BlobFixture.blob;
import static dev.doorstep.agent.blob.BlobFixture.bytes;
import static dev.doorstep.agent.blob.BlobFixture.piece;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.SpooledDocument;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.Received;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingBlobTest {
  private static final int PIECE = 64 * 1024;
  private static final Received COMPLETE = new Received(true, List.of());

  @TempDir private Path folder;
  private BlobFixture fixture;
  private BlobStore store;

  @BeforeEach
  void open() throws IOException {
    fixture = new BlobFixture(folder, SMALL);
    store = fixture.store();
  }

  @AfterEach
  void closeLeavesNothing() {
    store.close();
    assertThat(store.count()).isZero();
    assertThat(store.bytesOnDisk()).isZero();
  }

  private void send(
      String client, Content.Blob blob, byte[] bytes, int pieceSize, List<Integer> n) {
    n.forEach(i -> store.piece(client, blob.id(), i, piece(bytes, i, pieceSize)));
  }

  private static List<Integer> all(Content.Blob blob) {
    return IntStream.range(0, blob.pieces()).boxed().toList();
  }

  private static void refuses(ErrorCode code, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(ContentException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private byte[] uploaded(Content.Blob blob) throws Exception {
    try (SpooledDocument document = store.uploaded("desk", blob);
        InputStream in = document.open()) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 65536",
    "49153, 65536",
    "65536, 65536",
    "65537, 65536",
    "131072, 65536",
    "200000, 1024",
    "900000, 65535",
    "300001, 1025",
    "800000, 60000"
  })
  void takesPiecesInAnyOrderAndTwice(int size, int pieceSize) throws Exception {
    byte[] bytes = bytes(size, size);
    Content.Blob blob = blob("b", bytes, pieceSize);
    List<Integer> order = new ArrayList<>(all(blob));
    order.addAll(all(blob));
    Collections.shuffle(order, new Random(size));

    send("desk", blob, bytes, pieceSize, order);

    assertThat(store.received("desk", blob)).isEqualTo(COMPLETE);
    assertThat(store.received("desk", blob)).isEqualTo(COMPLETE);
    assertThat(uploaded(blob)).isEqualTo(bytes);
    assertThat(store.droppedPieces()).isZero();
    refuses(ErrorCode.GONE, () -> store.uploaded("other", blob));
  }

  @Test
  void tellsWhatIsMissing() throws Exception {
    byte[] bytes = bytes(1_030_000, 1);
    Content.Blob blob = blob("b", bytes, 1024);
    assertThat(store.received("desk", blob).missing()).hasSize(1000).startsWith(0, 1, 2);
    send("desk", blob, bytes, 1024, List.of(0, 1, 3, 4, 1005));

    Received received = store.received("desk", blob);

    assertThat(received.complete()).isFalse();
    assertThat(received.missing()).hasSize(1000).startsWith(2, 5, 6);
    refuses(ErrorCode.BLOB_DAMAGED, () -> store.uploaded("desk", blob));
    send("desk", blob, bytes, 1024, all(blob));
    assertThat(store.received("desk", blob)).isEqualTo(COMPLETE);
  }

  @Test
  void countsAPieceOfAWrongLengthAsMissingAndTakesItAgain() throws Exception {
    byte[] bytes = bytes(5 * PIECE + 100, 1);
    Content.Blob blob = blob("b", bytes, PIECE);
    send("desk", blob, bytes, PIECE, List.of(1, 2, 3));
    store.piece("desk", "b", 0, new byte[60_000]);
    store.piece("desk", "b", 4, new byte[PIECE - 1]);
    store.piece("desk", "b", 5, new byte[101]);

    assertThat(store.received("desk", blob)).isEqualTo(new Received(false, List.of(0, 4, 5)));

    send("desk", blob, bytes, PIECE, List.of(0, 4, 5));
    assertThat(uploaded(blob)).isEqualTo(bytes);
  }

  @Test
  void asksForAllAgainIfTheyAreNotTheDocument() throws Exception {
    byte[] bytes = bytes(3 * PIECE, 1);
    Content.Blob blob = blob("b", bytes, PIECE);
    send("desk", blob, bytes, PIECE, List.of(0, 1));
    store.piece("desk", "b", 2, new byte[PIECE]);

    refuses(ErrorCode.BLOB_DAMAGED, () -> store.uploaded("desk", blob));
    assertThat(store.received("desk", blob)).isEqualTo(new Received(false, List.of(0, 1, 2)));
    assertThat(store.bytesOnDisk()).isZero();

    send("desk", blob, bytes, PIECE, all(blob));
    assertThat(uploaded(blob)).isEqualTo(bytes);
  }

  @Test
  void beginsAnewForAnotherDocumentUnderTheSameId() throws Exception {
    byte[] bytes = bytes(3 * PIECE, 1);
    byte[] others = bytes(2 * PIECE, 2);
    Content.Blob blob = blob("b", bytes, PIECE);
    Content.Blob other = blob("b", others, PIECE);
    send("desk", blob, bytes, PIECE, all(blob));
    try (SpooledDocument first = store.uploaded("desk", blob)) {
      store.piece("desk", "b", 0, new byte[3]); // verified: nobody changes it any more
      assertThat(store.received("desk", other)).isEqualTo(new Received(false, List.of(0, 1)));
      send("desk", other, others, PIECE, all(other));

      assertThat(uploaded(other)).isEqualTo(others);
      assertThat(first.read(PIECE, PIECE)).isEqualTo(piece(bytes, 1, PIECE));
    }
  }

  @Test
  void dropsAndCountsWhatIsNoPiece() {
    store.piece("desk", "b", -1, new byte[10]);
    store.piece("desk", "b", 4 << 20, new byte[10]);
    store.piece("desk", "b", 0, new byte[0]);
    store.piece("desk", "b", 0, new byte[PIECE + 1]);
    store.piece("desk", "b/c", 0, new byte[10]);
    store.piece("", "b", 0, new byte[10]);

    assertThat(store.droppedPieces()).isEqualTo(6);
    assertThat(store.count()).isZero();
  }

  @Test
  void isBoundedForAClientAndInAll() throws Exception {
    byte[] bytes = bytes(100, 1);
    for (String id : List.of("1", "2", "3", "4")) {
      store.piece("desk", id, 0, bytes);
    }
    assertThat(store.count()).isEqualTo(3);
    assertThat(store.droppedPieces()).isEqualTo(1);
    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.received("desk", blob("4", bytes, PIECE)));
    for (String id : List.of("1", "2", "3")) {
      store.piece("other", id, 0, bytes);
    }
    assertThat(store.count()).isEqualTo(5);
    for (int n = 0; n < 5000; n++) {
      store.piece("desk", "1", n, new byte[1]); // each counts as a KiB
    }
    assertThat(store.droppedPieces()).isGreaterThan(900);
    assertThat(store.release("desk", "1")).isTrue();
    assertThat(store.release("desk", "1")).isFalse();
    store.piece("desk", "4", 0, bytes);
    assertThat(store.received("desk", blob("4", bytes, PIECE))).isEqualTo(COMPLETE);
  }

  @Test
  void refusesADocumentThatCouldNeverBeTaken() throws Exception {
    byte[] bytes = bytes((1 << 20) + 1, 1);
    Content.Blob blob = blob("b", bytes, PIECE);

    for (ThrowingCallable asks :
        List.<ThrowingCallable>of(
            () -> store.received("desk", blob), () -> store.uploaded("desk", blob))) {
      refuses(ErrorCode.DOCUMENT_TOO_LARGE, asks);
      assertThatThrownBy(asks).hasMessageContaining("may have " + (1 << 20));
      send("desk", blob, bytes, PIECE, all(blob));
      refuses(ErrorCode.DOCUMENT_TOO_LARGE, asks);
    }
  }

  @Test
  void refusesADocumentThatIsLargerThanTheDiskMayHold() throws Exception {
    BlobLimits narrow =
        new BlobLimits(3, 5, 2 << 20, 100_000, 300_000, 100_000, Duration.ofMinutes(10));
    store.close();
    store = new BlobFixture(folder, narrow).store();

    assertThatThrownBy(() -> store.received("desk", blob("b", new byte[100_001], PIECE)))
        .hasMessageContaining("may have 100000");
  }

  @ParameterizedTest
  @CsvSource({"1048576, 65536", "1048576, 60000", "1048575, 65535", "1048576, 1025"})
  void takesADocumentOfExactlyWhatAClientMayHave(int size, int pieceSize) throws Exception {
    byte[] bytes = bytes(size, size);
    Content.Blob blob = blob("b", bytes, pieceSize);
    List<Integer> backwards = new ArrayList<>(all(blob));
    Collections.reverse(backwards);

    send("desk", blob, bytes, pieceSize, backwards);

    assertThat(store.received("desk", blob)).isEqualTo(COMPLETE);
    assertThat(uploaded(blob)).isEqualTo(bytes);
  }

  @Test
  void tellsThatOtherUploadsLeaveNoRoomForItsPieces() throws Exception {
    byte[] bytes = bytes(10 * PIECE, 1);
    Content.Blob first = blob("first", bytes, PIECE);
    Content.Blob second = blob("second", bytes, PIECE);
    refuses(
        ErrorCode.TOO_MANY_BLOBS,
        () -> {
          send("desk", first, bytes, PIECE, all(first));
          store.received("desk", second);
        });
    send("desk", second, bytes, PIECE, all(second));

    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.received("desk", second));
    send("desk", second, bytes, PIECE, List.of(9));
    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.uploaded("desk", second));

    assertThat(store.release("desk", "first")).isTrue();
    List<Integer> missing = store.received("desk", second).missing();
    assertThat(missing).contains(9);
    send("desk", second, bytes, PIECE, missing);
    assertThat(uploaded(second)).isEqualTo(bytes);
  }

  @Test
  void tellsThatTheDiskHasNoRoom() throws Exception {
    byte[] bytes = bytes(1_000_000, 1);
    for (String client : List.of("one", "two")) {
      Content.Blob blob = blob("b", bytes, PIECE);
      send(client, blob, bytes, PIECE, all(blob));
      assertThat(store.received(client, blob)).isEqualTo(COMPLETE);
    }
    Content.Blob blob = blob("b", bytes, PIECE);
    send("desk", blob, bytes, PIECE, all(blob));

    refuses(ErrorCode.STORAGE_FULL, () -> store.received("desk", blob));

    store.release("one", "b");
    send("desk", blob, bytes, PIECE, all(blob));
    assertThat(uploaded(blob)).isEqualTo(bytes);
  }

  @Test
  void forgetsWhatNobodyTouchesForTenMinutesButNotUnderAReader() throws Exception {
    byte[] bytes = bytes(3 * PIECE, 1);
    Content.Blob blob = blob("b", bytes, PIECE);
    send("desk", blob, bytes, PIECE, List.of(0, 1));
    fixture.pass(Duration.ofMinutes(9));
    send("desk", blob, bytes, PIECE, List.of(2));
    fixture.pass(Duration.ofMinutes(9));
    try (SpooledDocument document = store.uploaded("desk", blob)) {
      fixture.pass(Duration.ofMinutes(11));
      store.expire();

      assertThat(store.count()).isZero();
      refuses(ErrorCode.GONE, () -> store.uploaded("desk", blob));
      assertThat(document.read(0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void isWhatTheReaderOfParametersResolves() throws Exception {
    byte[] bytes = bytes(PIECE + 1, 1);
    Content.Blob blob = blob("b", bytes, PIECE);
    var parameters = Codec.tree(new CountReceived(blob));
    try (Documents documents = store.documents("desk")) {
      refuses(ErrorCode.GONE, () -> Codec.parameters(Copy.TYPE, parameters, documents));
      send("desk", blob, bytes, PIECE, List.of(0));
      refuses(ErrorCode.BLOB_DAMAGED, () -> Codec.parameters(Copy.TYPE, parameters, documents));
      send("desk", blob, bytes, PIECE, List.of(1));
      store.received("desk", blob);

      Content document = Codec.parameters(Copy.TYPE, parameters, documents).document();

      assertThat(document).isInstanceOf(Content.Stored.class);
      OutgoingBlob back = store.keep("desk", document, 1024);
      assertThat(back.piece(64)).containsExactly(bytes[PIECE]);
      assertThat(Codec.parameters(Copy.TYPE, parameters).document()).isEqualTo(blob);
    }
  }

  @Test
  void servesManyThreads() throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(6, task -> new Thread(task, "doorstep-test-blobs"));
    try {
      byte[] bytes = bytes(6 * PIECE + 5, 1);
      Content.Blob blob = blob("b", bytes, PIECE);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        List<Integer> order = new ArrayList<>(all(blob));
        Collections.shuffle(order, new Random(t));
        tasks.add(
            () -> {
              send("desk", blob, bytes, PIECE, order);
              return true;
            });
        tasks.add(
            () -> {
              for (int i = 0; i < 10; i++) {
                OutgoingBlob kept = store.keep("other", Content.of("a/b", bytes), 50_000);
                assertThat(kept.piece(3)).isEqualTo(piece(bytes, 3, 50_000));
                store.release("other", kept.description().id());
              }
              return true;
            });
      }
      BlobLimits wide = new BlobLimits(64, 64, 64 << 20, 64 << 20, 0, 0, Duration.ofMinutes(10));
      store.close();
      store = new BlobFixture(folder, wide).store();
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(uploaded(blob)).isEqualTo(bytes);
      assertThat(store.count()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
