package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.blob.Spool;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One document that comes in pieces, in any order: each is a record of a spool, which is made for
 * the first. Any thread.
 */
final class BlobAssembly {
  private final Content.Blob blob;
  private final Failing failing;
  private final CompletableFuture<SpooledDocument> document = new CompletableFuture<>();
  private final AtomicBoolean released = new AtomicBoolean();
  private final BitSet there = new BitSet();
  private @Nullable Spool spool;
  private int pieceSize;
  private int lastSize;
  private long newestPiece = System.nanoTime();
  private long newestAnswer = newestPiece;

  /** Asked under the lock of all documents, which is taken under this one's elsewhere. */
  private final AtomicInteger awaiting = new AtomicInteger();

  private boolean asking;
  private boolean asksNoMore;
  private boolean closed;

  BlobAssembly(Content.Blob blob, Failing failing) {
    this.blob = blob;
    this.failing = failing;
    if (blob.pieces() == 1) {
      pieceSize = (int) blob.size();
    }
  }

  /** Hears that an assembly will not be whole, and is to close it. */
  interface Failing {
    void failed(BlobAssembly assembly, CallFailedException reason);
  }

  /** Makes an empty spool. */
  interface Spools {
    Spool create() throws IOException;
  }

  Content.Blob blob() {
    return blob;
  }

  /** The document, once it is whole and matches its digest. */
  CompletableFuture<SpooledDocument> document() {
    return document;
  }

  /** It will not be whole. */
  void fail(CallFailedException reason) {
    failing.failed(this, reason);
  }

  synchronized int count() {
    return there.cardinality();
  }

  /** Somebody begins to wait for it, or no longer does. */
  void await(int change) {
    awaiting.addAndGet(change);
  }

  boolean isAwaited() {
    return awaiting.get() > 0;
  }

  /** Returns true the first time: its point need not keep it any more. */
  boolean release() {
    return released.compareAndSet(false, true);
  }

  /** When its newest piece came, by {@link System#nanoTime}. */
  synchronized long newestPiece() {
    return newestPiece;
  }

  /**
   * Takes a piece. One that stands already or cannot be one of this blob is passed over.
   *
   * @return whether this was the last one that was missing
   * @throws IOException if it cannot be written
   */
  synchronized boolean add(int n, byte[] piece, Spools spools) throws IOException {
    if (closed || n >= blob.pieces() || there.get(n) || !fits(n, piece.length)) {
      return false;
    }
    if (spool == null) {
      spool = spools.create();
    }
    spool.write(n, piece, 0, piece.length);
    there.set(n);
    newestPiece = System.nanoTime();
    return there.cardinality() == blob.pieces();
  }

  /** All pieces but the last have one size, which the first of them tells. */
  private boolean fits(int n, int length) {
    int before = blob.pieces() - 1;
    if (n == before) {
      boolean fits = pieceSize == 0 || length == blob.size() - (long) before * pieceSize;
      lastSize = fits ? length : lastSize;
      return fits;
    }
    long last = blob.size() - (long) before * length;
    boolean fits =
        pieceSize == 0
            ? last > 0 && last <= length && (lastSize == 0 || last == lastSize)
            : length == pieceSize;
    pieceSize = fits ? length : pieceSize;
    return fits;
  }

  /** The document of all pieces, not compared with its digest yet. */
  synchronized Optional<SpooledDocument> whole() {
    return Optional.ofNullable(spool)
        .map(
            it ->
                SpooledDocument.of(it, pieceSize, blob.contentType(), blob.size(), blob.sha256()));
  }

  /**
   * What to ask the point for, if no piece came since {@code quiet} nanoseconds and it is not being
   * asked already.
   */
  synchronized List<Integer> toAskFor(long quiet, int most) {
    if (asking || asksNoMore || System.nanoTime() - Math.max(newestPiece, newestAnswer) < quiet) {
      return List.of();
    }
    List<Integer> missing = new ArrayList<>();
    for (int n = there.nextClearBit(0);
        n < blob.pieces() && missing.size() < most;
        n = there.nextClearBit(n + 1)) {
      missing.add(n);
    }
    asking = !missing.isEmpty();
    return missing;
  }

  /** The point has answered; {@code again} tells whether it may be asked again. */
  synchronized void asked(boolean again) {
    asking = false;
    asksNoMore = !again;
    newestAnswer = System.nanoTime();
  }

  /** Lets go of what is there; whoever waits is told. */
  void close(CallFailedException reason) throws IOException {
    Spool old;
    synchronized (this) {
      closed = true;
      old = spool;
    }
    boolean failed = document.completeExceptionally(reason);
    if (!failed && !document.isCompletedExceptionally()) {
      document.join().close(); // whoever reads it has a share of it
    } else if (old != null) {
      old.close();
    }
  }
}
