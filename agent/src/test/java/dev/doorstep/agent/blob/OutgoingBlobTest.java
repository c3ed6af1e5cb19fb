package dev.doorstep.agent.blob;

import static dev.doorstep.agent.blob.BlobFixture.SMALL;
import static dev.doorstep.agent.blob.BlobFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpoolWriter;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingBlobTest {
  private static final int PIECE = 64 * 1024;

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

  private static byte[] read(OutgoingBlob blob) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int n = 0; n < blob.pieces(); n++) {
      byte[] piece = blob.piece(n);
      assertThat(piece).hasSize(blob.pieceLength(n));
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  private static Content.Data data(int length) {
    return Content.of("a/b", bytes(length, length));
  }

  private static void refuses(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(ContentException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 65536",
    "49153, 65536",
    "65535, 65536",
    "65536, 65536",
    "65537, 65536",
    "100000, 1024",
    "100001, 1024",
    "131072, 65536",
    "131073, 65536",
    "900000, 1024",
    "900000, 50000",
    "900000, 65535",
    "1048576, 65536",
    "800001, 1025"
  })
  void givesBackEveryPieceOfEverySize(int size, int pieceSize) throws Exception {
    byte[] bytes = bytes(size, size);

    OutgoingBlob blob = store.keep("desk", Content.of("a/b", bytes), pieceSize);

    assertThat(read(blob)).isEqualTo(bytes);
    assertThat(blob.description())
        .isEqualTo(
            new Content.Blob(
                "a/b",
                blob.description().id(),
                size,
                Digests.sha256(bytes),
                (size + pieceSize - 1) / pieceSize));
    assertThat(store.find("desk", blob.description().id())).containsSame(blob);
    assertThat(store.find("other", blob.description().id())).isEmpty();
    assertThatThrownBy(() -> blob.piece(blob.pieces()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void keepsSmallOnesInMemoryUpToALimit() throws Exception {
    for (int i = 0; i < 3; i++) {
      store.keep("desk", data(99_000), PIECE);
    }
    assertThat(store.bytesOnDisk()).isZero();

    store.keep("other", data(99_000), PIECE);

    assertThat(store.bytesOnDisk()).isGreaterThan(99_000);
  }

  @Test
  void doesNotCopyWhatIsSpooledAlready() throws Exception {
    long before;
    OutgoingBlob blob;
    try (Documents documents = store.documents("desk")) {
      var writer = documents.writer("a/b");
      writer.write(bytes(1 << 20, 1), 0, 1 << 20);
      Content document = writer.finish();
      before = store.bytesOnDisk();
      blob = store.keep("desk", document, PIECE);
    }

    assertThat(store.bytesOnDisk()).isEqualTo(before);
    assertThat(read(blob)).isEqualTo(bytes(1 << 20, 1));
  }

  @Test
  void letsGoOfWhatACommandMadeAndDidNotUse() throws Exception {
    try (Documents documents = store.documents("desk")) {
      var writer = documents.writer("a/b");
      writer.write(bytes(1 << 20, 1), 0, 1 << 20);
      writer.finish();
      documents.writer("a/b").write(bytes(500_000, 1), 0, 500_000); // never finished
    }
    assertThat(store.bytesOnDisk()).isZero();
  }

  @Test
  void copiesADocumentThatLiesElsewhere(@TempDir Path other) throws Exception {
    try (SpoolWriter writer = SpoolFolder.open(other).writer("a/b")) {
      writer.write(bytes(300_000, 1));
      try (SpooledDocument elsewhere = writer.finish()) {
        Content.Stored stored = new Elsewhere(elsewhere);
        assertThat(read(store.keep("desk", stored, PIECE))).isEqualTo(bytes(300_000, 1));
      }
    }
  }

  @Test
  void isWhatTheWriterOfAResultHandsOver() throws Exception {
    List<OutgoingBlob> kept = new ArrayList<>();

    var tree =
        Codec.tree(
            Map.of("large", data(200_000)),
            content -> {
              kept.add(store.keep("desk", content, PIECE));
              return kept.get(0).description();
            });

    assertThat(tree.at("/large/blob/id").asString()).isEqualTo(kept.get(0).description().id());
    refuses(
        ErrorCode.TOO_MANY_BLOBS,
        () -> Codec.tree(List.of(data(2 << 20)), c -> store.keep("desk", c, PIECE).description()));
  }

  @Test
  void refusesMoreThanTheLimits() throws Exception {
    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.keep("desk", data((1 << 20) + 1), PIECE));
    for (int i = 0; i < 3; i++) {
      store.keep("desk", data(200_000), PIECE);
    }
    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.keep("desk", data(50_000), PIECE));
    OutgoingBlob others = store.keep("other", data(1 << 20), PIECE);
    refuses(ErrorCode.STORAGE_FULL, () -> store.keep("third", data(1 << 20), PIECE));
    store.keep("third", data(50_000), PIECE);
    refuses(ErrorCode.TOO_MANY_BLOBS, () -> store.keep("third", data(50_000), PIECE));

    assertThat(store.release("third", others.description().id())).isFalse();
    assertThat(store.release("other", others.description().id())).isTrue();
    store.keep("third", data(900_000), PIECE);
  }

  @Test
  void forgetsWhatNobodyTouchesForTenMinutes() throws Exception {
    OutgoingBlob sent = store.keep("desk", data(200_000), PIECE);
    OutgoingBlob left = store.keep("desk", data(200_000), PIECE);
    OutgoingBlob small = store.keep("desk", data(60_000), PIECE);
    fixture.pass(Duration.ofMinutes(9));
    sent.piece(0);
    fixture.pass(Duration.ofMinutes(2));

    assertThat(store.find("desk", left.description().id())).isEmpty();
    assertThat(store.find("desk", sent.description().id())).isPresent();
    assertThatThrownBy(() -> left.piece(0)).hasMessageContaining("no longer kept");
    assertThatThrownBy(() -> small.piece(0)).hasMessageContaining("no longer kept");

    fixture.pass(Duration.ofMinutes(11));
    store.expire();

    assertThat(store.count()).isZero();
    assertThat(store.bytesOnDisk()).isZero();
  }

  @Test
  void takesNothingMoreOnceClosed() throws Exception {
    OutgoingBlob blob = store.keep("desk", data(200_000), PIECE);
    store.close();

    assertThatThrownBy(() -> blob.piece(0)).isInstanceOf(IOException.class);
    refuses(ErrorCode.STOPPING, () -> store.keep("desk", data(200_000), PIECE));
  }

  @Test
  void deletesWhatADeadProcessLeft() throws Exception {
    Path left = Files.writeString(folder.resolve("doorstep-spool-17"), "left");

    BlobStore.open(folder, SMALL, System::nanoTime).close();

    assertThat(left).doesNotExist();
  }

  /** Not of this store's folder. */
  private record Elsewhere(SpooledDocument document) implements Content.Stored {
    @Override
    public String contentType() {
      return document.contentType();
    }

    @Override
    public long size() {
      return document.size();
    }

    @Override
    public String sha256() {
      return document.sha256();
    }

    @Override
    public java.io.InputStream open() throws IOException {
      return document.open();
    }
  }
}
