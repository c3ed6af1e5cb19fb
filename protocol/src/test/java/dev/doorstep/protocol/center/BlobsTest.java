package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Topics;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which documents give way to which. */
class BlobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Blobs blobs = new Blobs(CenterOptions.standard().withMemory(100), clock);

  @AfterEach
  void stop() {
    blobs.close();
    clock.shutdownNow();
  }

  private Content.Blob announce(String id, byte[] document) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    Content.Blob blob = new Content.Blob("image/jpeg", id, document.length, digest, 1);
    blobs.announce("p", Codec.tree(blob));
    return blob;
  }

  private CompletableFuture<byte[]> fetch(Content content) {
    return blobs.fetch(content, PATIENCE).toCompletableFuture();
  }

  @Test
  void nothingGivesWayToADocumentThatFindsNoRoomEvenSo() throws Exception {
    byte[] first = new byte[60];
    byte[] second = new byte[40];
    Content unawaited = announce("first", first);
    Content awaited = announce("second", second);
    CompletableFuture<byte[]> waiting = fetch(awaited);

    Content third = announce("third", new byte[80]);

    blobs.piece("p", new Topics.Piece("first", 0), first);
    blobs.piece("p", new Topics.Piece("second", 0), second);
    assertThat(fetch(unawaited)).succeedsWithin(PATIENCE).isEqualTo(first);
    assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(second);
    assertThat(fetch(third)).failsWithin(PATIENCE);
  }

  @Test
  void theOldestUnawaitedGivesWayAndNoMore() throws Exception {
    byte[] large = new byte[50];
    Content awaited = announce("awaited", new byte[20]);
    CompletableFuture<byte[]> waiting = fetch(awaited);
    Content old = announce("old", new byte[40]);
    Content recent = announce("recent", new byte[30]);

    Content last = announce("last", large);

    blobs.piece("p", new Topics.Piece("last", 0), large);
    blobs.piece("p", new Topics.Piece("recent", 0), new byte[30]);
    assertThat(fetch(last)).succeedsWithin(PATIENCE).isEqualTo(large);
    assertThat(fetch(recent)).succeedsWithin(PATIENCE);
    assertThat(fetch(old)).failsWithin(PATIENCE);
    assertThat(waiting).isNotDone();
  }
}
