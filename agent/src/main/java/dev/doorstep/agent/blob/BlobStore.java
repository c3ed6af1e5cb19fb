package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.blob.SpoolFolder;
import dev.doorstep.protocol.blob.SpoolWriter;
import dev.doorstep.protocol.blob.SpooledDocument;
import dev.doorstep.protocol.operation.Received;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The large documents of all clients, down and up. Safe for any thread; what touches the disk
 * delays nobody but who uses the same document. Whatever is not touched for a time goes: when
 * somebody uses the store, and when its owner calls {@link #expire}.
 */
public final class BlobStore implements AutoCloseable {
  private final SpoolFolder folder;
  private final OutgoingBlobs outgoing;
  private final IncomingBlobs incoming;

  private BlobStore(SpoolFolder folder, BlobLimits limits, LongSupplier ticker) {
    this.folder = folder;
    this.outgoing = new OutgoingBlobs(folder, limits, ticker);
    this.incoming = new IncomingBlobs(folder, limits, ticker);
  }

  /**
   * Opens the store and deletes what a dead process left in its folder.
   *
   * @param ticker nanoseconds since whenever, as {@link System#nanoTime}
   * @throws IOException if the folder cannot be used
   */
  public static BlobStore open(Path folder, BlobLimits limits, LongSupplier ticker)
      throws IOException {
    return new BlobStore(SpoolFolder.open(folder, limits.bytes()), limits, ticker);
  }

  /**
   * Keeps a document for a client to fetch. One that is spooled already stays where it is.
   *
   * @param pieceSize how many bytes its pieces have, 1 KiB to 64 KiB
   * @throws ContentException {@code TOO_MANY_BLOBS} if the client has as many as it may, {@code
   *     STORAGE_FULL} if the disk has no room, {@code STOPPING} if the store is closed
   */
  public OutgoingBlob keep(String client, Content content, int pieceSize) throws ContentException {
    if (pieceSize < Content.SMALLEST_PIECE || pieceSize > Content.LARGEST_PIECE) {
      throw new IllegalArgumentException("pieces have 1 KiB to 64 KiB");
    }
    expire();
    return outgoing.keep(client, content, pieceSize);
  }

  /** A document that was kept for this client and is still there. */
  public Optional<OutgoingBlob> find(String client, String id) {
    expire();
    return outgoing.find(new BlobKey(client, id));
  }

  /**
   * Lets go of a document of this client, whichever way it travels.
   *
   * @return whether there was one
   */
  public boolean release(String client, String id) {
    BlobKey key = new BlobKey(client, id);
    boolean down = outgoing.release(key);
    return incoming.release(key) || down;
  }

  /**
   * Takes a piece of an upload. Whatever is wrong with it, or without room, is dropped and counted;
   * {@link #received} then tells that it is missing.
   */
  public void piece(String client, String blob, int n, byte[] bytes) {
    expire();
    incoming.piece(client, blob, n, bytes);
  }

  /**
   * Tells what is missing of an upload. If all pieces are there and are not what was announced, all
   * of them are.
   *
   * @throws ContentException {@code TOO_MANY_BLOBS} or {@code STORAGE_FULL} if that is why, {@code
   *     DOCUMENT_TOO_LARGE} if it could never be taken
   */
  public Received received(String client, Content.Blob blob) throws ContentException {
    expire();
    return incoming.received(client, blob);
  }

  /**
   * An upload, complete and verified. It belongs to the caller, who closes it, and can be read
   * until then, even if it is released.
   *
   * @throws ContentException {@code GONE} if nothing of it is there, {@code BLOB_DAMAGED} if a part
   *     is missing or it is not what was announced, {@code TOO_MANY_BLOBS} or {@code STORAGE_FULL}
   *     if that is why, {@code DOCUMENT_TOO_LARGE} if it could never be taken
   */
  public SpooledDocument uploaded(String client, Content.Blob blob) throws ContentException {
    expire();
    return incoming.uploaded(client, blob);
  }

  /** The documents of one command of this client, which the caller closes when it has ended. */
  public Documents documents(String client) {
    return new Documents(this, client);
  }

  /** Lets go of everything that was not touched for too long. */
  public void expire() {
    outgoing.expire();
    incoming.expire();
  }

  /** How many documents are kept, both ways. */
  public int count() {
    return outgoing.count() + incoming.count();
  }

  /** How many bytes the spool folder has. */
  public long bytesOnDisk() {
    return folder.bytes();
  }

  /** How many pieces were dropped since the start. */
  public long droppedPieces() {
    return incoming.dropped();
  }

  /** Lets go of everything, and takes nothing more. */
  @Override
  public void close() {
    outgoing.close();
    incoming.close();
  }

  SpoolWriter writer(String contentType) throws IOException {
    return folder.writer(contentType);
  }
}
