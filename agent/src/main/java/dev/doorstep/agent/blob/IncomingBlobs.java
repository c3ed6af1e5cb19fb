package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpooledDocument;
import dev.doorstep.protocol.operation.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** The documents on their way up. No disk is touched under its lock, only under an upload's own. */
final class IncomingBlobs {
  private static final int MOST_MISSING = 1000;
  private static final int MOST_PIECES = (int) ((1L << 32) / Content.SMALLEST_PIECE);

  private final SpoolFolder folder;
  private final BlobLimits limits;
  private final LongSupplier ticker;
  private final Map<BlobKey, Upload> uploads = new HashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private boolean closed;

  IncomingBlobs(SpoolFolder folder, BlobLimits limits, LongSupplier ticker) {
    this.folder = folder;
    this.limits = limits;
    this.ticker = ticker;
  }

  void piece(String client, String id, int n, byte[] piece) {
    boolean fits =
        Names.valid(client)
            && Names.valid(id)
            && n >= 0
            && n < MOST_PIECES
            && piece.length > 0
            && piece.length <= Content.LARGEST_PIECE;
    Optional<Upload> upload =
        fits ? roomFor(new BlobKey(client, id), piece.length) : Optional.empty();
    if (upload.isEmpty() || !upload.get().put(n, piece)) {
      dropped.incrementAndGet();
    }
  }

  Received received(String client, Content.Blob blob) throws ContentException {
    checkSize(blob);
    Optional<Upload> upload = find(new BlobKey(client, blob.id()));
    if (upload.isEmpty()) {
      checkRoom(client, blob.size());
      return new Received(false, first(blob.pieces()));
    }
    List<Integer> missing = upload.get().missing(blob, MOST_MISSING);
    if (!missing.isEmpty()) {
      return new Received(false, missing);
    }
    Optional<SpooledDocument> document = document(upload.get(), blob);
    document.ifPresent(Spools::close);
    return document.isPresent()
        ? new Received(true, List.of())
        : new Received(false, first(blob.pieces()));
  }

  SpooledDocument uploaded(String client, Content.Blob blob) throws ContentException {
    checkSize(blob);
    Upload upload =
        find(new BlobKey(client, blob.id()))
            .orElseThrow(
                () ->
                    new ContentException(
                        ErrorCode.GONE, "nothing of this document is here: upload it first"));
    List<Integer> missing = upload.missing(blob, 1);
    if (!missing.isEmpty()) {
      throw new ContentException(
          ErrorCode.BLOB_DAMAGED,
          "piece " + missing.get(0) + " of the uploaded document is missing, and maybe others");
    }
    return document(upload, blob)
        .orElseThrow(
            () ->
                new ContentException(
                    ErrorCode.BLOB_DAMAGED,
                    "the uploaded document does not have the SHA-256 that was announced"));
  }

  boolean release(BlobKey key) {
    Upload upload;
    synchronized (this) {
      upload = uploads.remove(key);
    }
    if (upload == null) {
      return false;
    }
    upload.close();
    return true;
  }

  void expire() {
    long oldest = ticker.getAsLong() - limits.kept().toNanos();
    expired(oldest).forEach(upload -> release(upload.key()));
  }

  synchronized int count() {
    return uploads.size();
  }

  long dropped() {
    return dropped.get();
  }

  void close() {
    List<Upload> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(uploads.values());
    }
    all.forEach(upload -> release(upload.key()));
  }

  private synchronized Optional<Upload> find(BlobKey key) {
    Optional<Upload> found = Optional.ofNullable(uploads.get(key));
    found.ifPresent(upload -> upload.touch(ticker.getAsLong()));
    return found;
  }

  private synchronized List<Upload> expired(long oldest) {
    List<Upload> expired = new ArrayList<>(uploads.values());
    expired.removeIf(upload -> upload.touched() - oldest >= 0);
    return expired;
  }

  /** The upload of a piece, a new one if it is the first; empty if there is no room. */
  private synchronized Optional<Upload> roomFor(BlobKey key, int length) {
    long bytes = Math.max(length, Content.SMALLEST_PIECE);
    if (closed) {
      return Optional.empty();
    }
    // The KiB on top: the short last piece of a document of exactly the limit counts as one
    if (bytes(key.client()) + bytes > limits.bytesPerClient() + Content.SMALLEST_PIECE) {
      Optional.ofNullable(uploads.get(key)).ifPresent(Upload::refuse);
      return Optional.empty();
    }
    if (!uploads.containsKey(key)) {
      if (isFull(key.client())) {
        return Optional.empty();
      }
      uploads.put(key, new Upload(key, folder, ticker.getAsLong()));
    }
    return find(key);
  }

  /** Sending pieces of such a document again would never help. */
  private void checkSize(Content.Blob blob) throws ContentException {
    if (blob.size() > limits.largest()) {
      throw new ContentException(
          ErrorCode.DOCUMENT_TOO_LARGE,
          "the document has "
              + blob.size()
              + " bytes, and one that is uploaded may have "
              + limits.largest());
    }
  }

  /** Says why no piece of a document was taken, or not all would be, if that is so. */
  private synchronized void checkRoom(String client, long size) throws ContentException {
    if (isFull(client) || bytes(client) + size > limits.bytesPerClient() + Content.SMALLEST_PIECE) {
      throw new ContentException(
          ErrorCode.TOO_MANY_BLOBS,
          "no piece was taken: too many other uploads are kept, release some of them");
    }
  }

  private boolean isFull(String client) {
    long own = uploads.keySet().stream().filter(key -> key.client().equals(client)).count();
    return own >= limits.perClient() || uploads.size() >= limits.documents();
  }

  private long bytes(String client) {
    return uploads.values().stream()
        .filter(upload -> upload.key().client().equals(client))
        .mapToLong(Upload::bytes)
        .sum();
  }

  private static Optional<SpooledDocument> document(Upload upload, Content.Blob blob)
      throws ContentException {
    try {
      return upload.document(blob);
    } catch (IOException e) {
      throw new ContentException(ErrorCode.BLOB_DAMAGED, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Integer> first(int pieces) {
    return IntStream.range(0, Math.min(pieces, MOST_MISSING)).boxed().toList();
  }
}
