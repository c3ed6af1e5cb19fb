package dev.doorstep.agent.blob;

import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

/**
 * A process of its own: a handler makes a document of 100 MB, a client fetches it and uploads it
 * again, another handler reads it. Says the SHA-256 that each of them saw, and the time each took.
 */
final class LargeDocument {
  private static final int SIZE = 100_000_000;
  private static final int PART = 50_000;
  private static final int PIECE = 64 * 1024;

  private long begun = System.nanoTime();

  private LargeDocument() {}

  public static void main(String[] arguments) throws Exception {
    try (BlobStore store =
        BlobStore.open(Path.of(arguments[0]), BlobLimits.DEFAULT, System::nanoTime)) {
      new LargeDocument().travel(store);
    }
  }

  private void travel(BlobStore store) throws Exception {
    OutgoingBlob down;
    try (Documents documents = store.documents("desk")) {
      down = store.keep("desk", made(documents), PIECE);
    }
    say("made", down.description().sha256());
    say("fetched", fetched(down));
    for (int n = 0; n < down.pieces(); n++) {
      store.piece("desk", "up", n, down.piece(n));
    }
    Content.Blob up =
        new Content.Blob("a/b", "up", SIZE, down.description().sha256(), down.pieces());
    say("uploaded", store.received("desk", up).toString());
    try (SpooledDocument document = store.uploaded("desk", up)) {
      say("read", Digests.sha256(document));
    }
  }

  private static Content made(Documents documents) throws Exception {
    try (DocumentWriter writer = documents.writer("a/b")) {
      byte[] part = new byte[PART];
      new Random(1).nextBytes(part);
      for (int i = 0; i < SIZE / PART; i++) {
        part[0] = (byte) i;
        writer.write(part, 0, PART);
      }
      return writer.finish();
    }
  }

  private static String fetched(OutgoingBlob blob) throws Exception {
    MessageDigest digest = Digests.sha256();
    for (int n = 0; n < blob.pieces(); n++) {
      digest.update(blob.piece(n));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void say(String what, String seen) {
    long now = System.nanoTime();
    System.out.println(what + " " + seen + " in " + (now - begun) / 1_000_000 + " ms");
    begun = System.nanoTime();
  }
}
