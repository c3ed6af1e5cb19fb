package dev.doorstep.protocol.center;

import dev.doorstep.protocol.BlobReferences;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.blob.Spool;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Documents too large for a reply. A reply announces them; their pieces come in any order, also
 * doubled, also before somebody asks, and are spooled to disk. A document is kept for ten minutes,
 * or until the room is needed and nobody waits for it; all of them together take no more than the
 * options allow. It is handed out once it is whole and matches its digest; one that does not, or
 * that could not be written, may be fetched again, and then is asked for from its first piece on.
 */
final class Blobs {
  private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 256;
  private static final long MOST_IN_MEMORY = 64L << 20;

  private record Key(String point, String blob) {}

  private record Entry(BlobAssembly assembly, Future<?> end) {}

  private final Map<Key, Entry> announced = new LinkedHashMap<>();
  private final EarlyPieces early = new EarlyPieces();
  private final ScheduledExecutorService clock;
  private final ExecutorService files;
  private final Remote remote;
  private final Duration quiet;
  private final Path folder;
  private final long room;
  private final Locale locale;
  private @Nullable SpoolFolder spools;
  private long reserved;
  private boolean closed;

  /**
   * Keeps nothing yet.
   *
   * @param files where files are read
   * @param quiet after how long without a piece the point is asked for those that are missing
   */
  Blobs(
      CenterOptions options,
      ScheduledExecutorService clock,
      ExecutorService files,
      Remote remote,
      Duration quiet) {
    this.clock = clock;
    this.files = files;
    this.remote = remote;
    this.quiet = quiet;
    this.folder = options.folder();
    this.room = options.room();
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
        BlobAssembly assembly = empty(key, blob);
        announced.put(key, new Entry(assembly, ending(key)));
        reserved += blob.size();
        early.take(
            point,
            blob.id(),
            (piece, n) -> {
              if (add(assembly, n, piece)) {
                full.add(assembly);
              }
            });
      }
      full.forEach(this::finish);
    }
  }

  /** Another one takes the place of one that failed, so that it may be asked for again. */
  private void failed(Key key, BlobAssembly assembly, CallFailedException reason) {
    synchronized (this) {
      Entry entry = announced.get(key);
      if (entry != null && entry.assembly() == assembly) {
        announced.put(key, new Entry(empty(key, assembly.blob()), entry.end()));
      }
    }
    close(assembly, reason);
  }

  private BlobAssembly empty(Key key, Content.Blob blob) {
    return new BlobAssembly(blob, (assembly, reason) -> failed(key, assembly, reason));
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
    }
    if (add(assembly, piece.n(), content)) {
      finish(assembly);
    }
  }

  private boolean add(BlobAssembly assembly, int n, byte[] piece) {
    try {
      return assembly.add(n, piece, this::spool);
    } catch (IOException e) {
      assembly.fail(damaged(String.valueOf(e.getMessage())));
      return false;
    }
  }

  private synchronized Spool spool() throws IOException {
    if (spools == null) {
      spools = SpoolFolder.open(folder);
    }
    return spools.create();
  }

  /** Gives the bytes of a document, as soon as they are all there. */
  CompletionStage<byte[]> fetch(Content content, Duration patience) {
    if (content instanceof Content.Data data) {
      return CompletableFuture.completedFuture(data.bytes());
    }
    if (content.size() > MOST_IN_MEMORY) {
      return CompletableFuture.failedFuture(
          failed(
              ErrorCode.DOCUMENT_TOO_LARGE,
              content.size() + " bytes; save or open what has more than " + MOST_IN_MEMORY));
    }
    return read(content, patience, document -> document.read(0, (int) document.size()));
  }

  /** Makes something of a document, as soon as it is there. */
  <R> CompletionStage<R> read(Content content, Duration patience, Fetch.Reading<R> reading) {
    Optional<Map.Entry<Key, Entry>> known;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the center's client is closed");
      }
      known =
          announced.entrySet().stream()
              .filter(it -> it.getValue().assembly().blob().equals(content))
              .findFirst();
    }
    if (known.isEmpty()) {
      return CompletableFuture.failedFuture(unknown(content));
    }
    String point = known.get().getKey().point();
    BlobAssembly assembly = known.get().getValue().assembly();
    return new Fetch<R>(point, assembly, patience, quiet, remote, this::damaged)
        .start(clock, files, reading);
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
      if (bytes <= room && count <= MOST) {
        break;
      }
      if (!entry.assembly().isAwaited()) {
        leaving.add(entry);
        bytes -= entry.assembly().blob().size();
        count--;
      }
    }
    if (bytes > room || count > MOST) {
      return false;
    }
    announced.values().removeAll(leaving);
    leaving.forEach(entry -> end(entry, "its room was needed for others"));
    reserved = bytes - size;
    return true;
  }

  private void drop(Key key) {
    Entry old;
    synchronized (this) {
      old = announced.get(key);
      if (old == null) {
        return;
      }
      if (old.assembly().isAwaited()) {
        announced.put(key, new Entry(old.assembly(), ending(key)));
        return;
      }
      announced.remove(key);
      reserved -= old.assembly().blob().size();
    }
    end(old, "it did not come within " + KEPT);
  }

  private Future<?> ending(Key key) {
    return clock.schedule(() -> drop(key), KEPT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void end(Entry entry, String detail) {
    entry.end().cancel(false);
    close(entry.assembly(), damaged(detail));
  }

  private static void close(BlobAssembly assembly, CallFailedException reason) {
    try {
      assembly.close(reason);
    } catch (IOException e) {
      LOG.warn("a document's file was not deleted: {}", e.getMessage());
    }
  }

  /** Compares a document that is whole with its digest. */
  private void finish(BlobAssembly assembly) {
    try {
      files.execute(() -> check(assembly));
    } catch (RejectedExecutionException e) {
      LOG.debug("a document came while the client was closed");
    }
  }

  private void check(BlobAssembly assembly) {
    try {
      SpooledDocument whole = assembly.whole().orElseThrow();
      if (ReceivedDocuments.sha256(whole).equals(whole.sha256())) {
        assembly.document().complete(whole);
      } else {
        assembly.fail(damaged("it does not match its digest"));
      }
    } catch (IOException e) {
      assembly.fail(damaged(String.valueOf(e.getMessage())));
    }
  }

  private CallFailedException unknown(Content content) {
    if (content.size() > room) {
      return failed(
          ErrorCode.DOCUMENT_TOO_LARGE,
          content.size() + " bytes; this client holds at most " + room);
    }
    return damaged(
        "no reply announced it, or it was dropped since: all documents together may take "
            + room
            + " bytes");
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
