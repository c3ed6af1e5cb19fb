package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.blob.Spool;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a document that comes up, in any order, from before anybody said how many there
 * are. Once they were found to be the document, no further piece is taken.
 */
final class Upload {
  private final BlobKey key;
  private final SpoolFolder folder;
  private volatile long bytes;
  private volatile long touched;
  private @Nullable Spool spool;
  private @Nullable SpooledDocument verified;
  private Optional<IOException> failure = Optional.empty();
  private volatile boolean refused;
  private boolean closed;

  Upload(BlobKey key, SpoolFolder folder, long now) {
    this.key = key;
    this.folder = folder;
    this.touched = now;
  }

  BlobKey key() {
    return key;
  }

  /** How many bytes it was charged for; a small piece counts as one of a KiB. */
  long bytes() {
    return bytes;
  }

  /** A piece found no room beside the other uploads of the client. */
  void refuse() {
    refused = true;
  }

  void touch(long now) {
    touched = now;
  }

  long touched() {
    return touched;
  }

  /**
   * Takes a piece. One that is there already is passed over, unless it had another length.
   *
   * @return whether it is there now
   */
  synchronized boolean put(int n, byte[] piece) {
    if (closed) {
      return false;
    }
    try {
      Spool into = spool == null ? folder.create() : spool;
      spool = into;
      if (verified == null && into.length(n) != piece.length) {
        into.write(n, piece, 0, piece.length);
        bytes += Math.max(piece.length, Content.SMALLEST_PIECE);
      }
      return true;
    } catch (IOException e) {
      failure = Optional.of(e);
      return false;
    }
  }

  /**
   * The numbers of the pieces that lack, or have another length than they need.
   *
   * @throws ContentException {@code STORAGE_FULL} if a piece came that could not be written, {@code
   *     TOO_MANY_BLOBS} if one came and there was no room for it
   */
  synchronized List<Integer> missing(Content.Blob blob, int most) throws ContentException {
    if (verified != null && !verified.sha256().equals(blob.sha256())) {
      clear(); // another document under the same id: the client begins anew
    }
    int size = pieceSize(blob);
    List<Integer> missing =
        IntStream.range(0, blob.pieces())
            .filter(n -> length(n) != length(blob, n, size))
            .limit(most)
            .boxed()
            .toList();
    if (!missing.isEmpty() && failure.isPresent()) {
      IOException e = failure.get();
      failure = Optional.empty(); // another try may find room
      throw new ContentException(ErrorCode.STORAGE_FULL, String.valueOf(e.getMessage()), e);
    }
    if (!missing.isEmpty() && refused) {
      refused = false; // another try may find room
      throw new ContentException(
          ErrorCode.TOO_MANY_BLOBS,
          "a piece was not taken: too many bytes of other uploads are kept, release some of them");
    }
    return missing;
  }

  /**
   * The document, for a holder who closes it, if its pieces are all there.
   *
   * @return empty if they are not what was announced; then nothing is left of them
   * @throws IOException if the disk fails, or it is no longer kept
   */
  synchronized Optional<SpooledDocument> document(Content.Blob blob) throws IOException {
    if (closed || spool == null) {
      throw new IOException("the large document is no longer kept");
    }
    SpooledDocument known = verified;
    if (known == null) {
      known =
          SpooledDocument.of(
              spool, pieceSize(blob), blob.contentType(), blob.size(), blob.sha256());
      if (!Digests.sha256(known).equals(blob.sha256())) {
        clear();
        return Optional.empty();
      }
      verified = known;
    }
    return Optional.of(known.share());
  }

  /** Whoever reads the document goes on to do so. */
  synchronized void close() {
    closed = true;
    clear();
  }

  private void clear() {
    if (verified != null) {
      Spools.close(verified);
    } else if (spool != null) {
      Spools.close(spool);
    }
    verified = null;
    spool = null;
    bytes = 0;
  }

  private int length(int n) {
    return spool == null ? -1 : spool.length(n);
  }

  private static long length(Content.Blob blob, int n, int pieceSize) {
    return n < blob.pieces() - 1 ? pieceSize : blob.size() - (long) pieceSize * (blob.pieces() - 1);
  }

  /**
   * Size and number alone leave a choice: it is what most pieces have. One that was cut short on
   * its way then lacks, and not all others.
   */
  private int pieceSize(Content.Blob blob) {
    if (blob.pieces() == 1) {
      return (int) blob.size();
    }
    Map<Integer, Integer> votes = new HashMap<>();
    for (int n = 0; n < blob.pieces() - 1; n++) {
      int length = length(n);
      if (length > 0 && (blob.size() + length - 1) / length == blob.pieces()) {
        votes.merge(length, 1, Integer::sum);
      }
    }
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Content.LARGEST_PIECE);
  }
}
