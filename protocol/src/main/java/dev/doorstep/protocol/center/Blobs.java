package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Documents too large for a reply. A reply announces them; their pieces come in any order, also
 * doubled, also before somebody asks. A document is kept for ten minutes, or until the room is
 * needed and nobody waits for it; all of them together take no more than the options allow.
 */
final class Blobs {
  private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 256;

  private record Key(String point, String blob) {}

  private record Entry(BlobAssembly assembly, Future<?> end) {}

  private final Map<Key, Entry> announced = new LinkedHashMap<>();
  private final EarlyPieces early = new EarlyPieces();
  private final ScheduledExecutorService clock;
  private final long memory;
  private final Locale locale;
  private long reserved;
  private boolean closed;

  Blobs(CenterOptions options, ScheduledExecutorService clock) {
    this.clock = clock;
    this.memory = options.memory();
    this.locale = options.locale();
  }

  /** Learns of the blobs that stand in the result of a point's reply. */
  void announce(String point, JsonNode result) {
    for (Content.Blob blob : BlobReferences.in(result)) {
      Key key = new Key(point, blob.id());
      List<BlobAssembly> full = new ArrayList<>();
      synchronized (this) {
        if (closed || announced.containsKey(key) || !makeRoom(blob.size())) {
          LOG.debug("a blob of {} is not kept", point);
          continue;
        }
        BlobAssembly assembly = new BlobAssembly(blob);
        Future<?> end = clock.schedule(() -> drop(key), KEPT.toMillis(), TimeUnit.MILLISECONDS);
        announced.put(key, new Entry(assembly, end));
        reserved += blob.size();
        early.take(
            point,
            blob.id(),
            (piece, n) -> {
              if (assembly.add(n, piece)) {
                full.add(assembly);
              }
            });
      }
      full.forEach(this::finish);
    }
  }

  /** Takes a piece from a point. */
  void piece(String point, Topics.Piece piece, byte[] content) {
    if (content.length == 0 || content.length > Content.LARGEST_PIECE) {
      LOG.debug("a piece of {} has {} bytes", point, content.length);
      return;
    }
    BlobAssembly assembly;
    synchronized (this) {
      Entry entry = announced.get(new Key(point, piece.blob()));
      if (entry == null) {
        early.add(point, piece, content);
        return;
      }
      assembly = entry.assembly();
      if (!assembly.add(piece.n(), content)) {
        return;
      }
    }
    finish(assembly);
  }

  /** Gives the bytes of a document, as soon as they are all there. */
  CompletionStage<byte[]> fetch(Content content, Duration patience) {
    if (content instanceof Content.Data data) {
      return CompletableFuture.completedFuture(data.bytes());
    }
    BlobAssembly assembly;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the center's client is closed");
      }
      assembly =
          announced.values().stream()
              .map(Entry::assembly)
              .filter(candidate -> candidate.blob().equals(content))
              .findFirst()
              .orElse(null);
      if (assembly == null) {
        return CompletableFuture.failedFuture(unknown(content));
      }
      assembly.ask();
    }
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Future<?> deadline =
        clock.schedule(
            () -> result.completeExceptionally(late(assembly, patience)),
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    // By hand, so that the exception is not wrapped.
    var unused =
        assembly
            .document()
            .whenComplete(
                (bytes, e) -> {
                  deadline.cancel(false);
                  if (e == null) {
                    result.complete(bytes);
                  } else {
                    result.completeExceptionally(e);
                  }
                });
    return result;
  }

  /** Lets go of everything; whoever waits is told. */
  void close() {
    List<Entry> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(announced.values());
      announced.clear();
    }
    left.forEach(entry -> end(entry, "the client was closed before"));
  }

  /** Makes room by letting go of the oldest that nobody waits for; of none if that is too few. */
  private boolean makeRoom(long size) {
    long bytes = reserved + size;
    int count = announced.size() + 1;
    List<Entry> leaving = new ArrayList<>();
    for (Entry entry : announced.values()) {
      if (bytes <= memory && count <= MOST) {
        break;
      }
      if (!entry.assembly().isAwaited()) {
        leaving.add(entry);
        bytes -= entry.assembly().blob().size();
        count--;
      }
    }
    if (bytes > memory || count > MOST) {
      return false;
    }
    announced.values().removeAll(leaving);
    leaving.forEach(entry -> entry.end().cancel(false));
    reserved = bytes - size;
    return true;
  }

  private void drop(Key key) {
    Entry old;
    synchronized (this) {
      old = announced.remove(key);
      if (old == null) {
        return;
      }
      reserved -= old.assembly().blob().size();
    }
    end(old, "it did not come within " + KEPT);
  }

  private void end(Entry entry, String detail) {
    entry.end().cancel(false);
    entry.assembly().document().completeExceptionally(damaged(detail));
  }

  private void finish(BlobAssembly assembly) {
    Optional<byte[]> document = assembly.together();
    if (document.isPresent()) {
      assembly.document().complete(document.get());
    } else {
      assembly.document().completeExceptionally(damaged("it does not match its digest"));
    }
  }

  private CallFailedException unknown(Content content) {
    if (content.size() > memory) {
      return failed(
          ErrorCode.DOCUMENT_TOO_LARGE,
          content.size() + " bytes; this client holds at most " + memory);
    }
    return damaged(
        "no reply announced it, or it was dropped since: all documents together may take "
            + memory
            + " bytes");
  }

  private synchronized CallFailedException late(BlobAssembly assembly, Duration patience) {
    return damaged(
        assembly.count() + " of " + assembly.blob().pieces() + " pieces came within " + patience);
  }

  private CallFailedException damaged(String detail) {
    return failed(ErrorCode.BLOB_DAMAGED, detail);
  }

  private CallFailedException failed(ErrorCode code, String detail) {
    return new CallFailedException(
        "document",
        CallFailedException.reply(Optional.empty(), State.FAILED, code, detail, locale));
  }
}
