package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpoolWriter;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The documents on their way down. No disk is touched under its lock. */
final class OutgoingBlobs {
  private final SpoolFolder folder;
  private final BlobLimits limits;
  private final LongSupplier ticker;
  private final Map<BlobKey, OutgoingBlob> blobs = new HashMap<>();
  private long held;
  private boolean closed;

  OutgoingBlobs(SpoolFolder folder, BlobLimits limits, LongSupplier ticker) {
    this.folder = folder;
    this.limits = limits;
    this.ticker = ticker;
  }

  OutgoingBlob keep(String client, Content content, int pieceSize) throws ContentException {
    checkRoom(client, content.size()); // before anything is written in vain
    OutgoingBlob blob =
        content instanceof Content.Data data && holds(data.size())
            ? OutgoingBlob.held(client, data, pieceSize, ticker)
            : OutgoingBlob.spooled(client, spooled(content), pieceSize, ticker);
    try {
      add(blob);
    } catch (ContentException e) {
      blob.close();
      throw e;
    }
    return blob;
  }

  synchronized Optional<OutgoingBlob> find(BlobKey key) {
    Optional<OutgoingBlob> found = Optional.ofNullable(blobs.get(key));
    found.ifPresent(OutgoingBlob::touch);
    return found;
  }

  boolean release(BlobKey key) {
    OutgoingBlob blob;
    synchronized (this) {
      blob = blobs.remove(key);
      if (blob == null) {
        return false;
      }
      held -= blob.held();
    }
    blob.close();
    return true;
  }

  void expire() {
    long oldest = ticker.getAsLong() - limits.kept().toNanos();
    expired(oldest).forEach(blob -> release(blob.key()));
  }

  synchronized int count() {
    return blobs.size();
  }

  void close() {
    List<OutgoingBlob> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(blobs.values());
    }
    all.forEach(blob -> release(blob.key()));
  }

  private synchronized List<OutgoingBlob> expired(long oldest) {
    List<OutgoingBlob> expired = new ArrayList<>(blobs.values());
    expired.removeIf(blob -> blob.touched() - oldest >= 0);
    return expired;
  }

  private synchronized boolean holds(long size) {
    return size <= limits.heldEach() && held + size <= limits.held();
  }

  private synchronized void add(OutgoingBlob blob) throws ContentException {
    checkRoom(blob.client(), blob.description().size());
    blobs.put(blob.key(), blob);
    held += blob.held();
  }

  private synchronized void checkRoom(String client, long size) throws ContentException {
    if (closed) {
      throw new ContentException(ErrorCode.STOPPING, "no more large documents are kept");
    }
    List<OutgoingBlob> own =
        blobs.values().stream().filter(blob -> blob.client().equals(client)).toList();
    long bytes = own.stream().mapToLong(blob -> blob.description().size()).sum();
    if (blobs.size() >= limits.documents() || own.size() >= limits.perClient()) {
      throw new ContentException(
          ErrorCode.TOO_MANY_BLOBS, own.size() + " documents of this client are kept");
    }
    if (bytes + size > limits.bytesPerClient()) {
      throw new ContentException(
          ErrorCode.TOO_MANY_BLOBS,
          bytes + " bytes of this client are kept, and " + size + " more are too many");
    }
  }

  /** A document that is in the folder already stays where it is. */
  private SpooledDocument spooled(Content content) throws ContentException {
    try {
      if (content instanceof SpooledDocument document) {
        return document.share();
      }
      try (SpoolWriter writer = folder.writer(content.contentType());
          InputStream in = Content.open(content)) {
        in.transferTo(writer);
        return writer.finish();
      }
    } catch (IOException e) {
      throw new ContentException(ErrorCode.STORAGE_FULL, String.valueOf(e.getMessage()), e);
    }
  }
}
