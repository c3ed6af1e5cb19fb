package dev.doorstep.agent.blob;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A document that leaves in pieces, in memory or on disk. Safe for any thread. Reading a piece
 * counts as a touch, so none goes away while it is sent.
 */
public final class OutgoingBlob {
  private final BlobKey key;
  private final Content.Blob description;
  private final Content content;
  private final int pieceSize;
  private final LongSupplier ticker;
  private volatile long touched;
  private volatile boolean gone;

  private OutgoingBlob(
      String client, Content content, String sha256, int pieceSize, LongSupplier ticker) {
    int pieces = (int) ((content.size() + pieceSize - 1) / pieceSize);
    this.key = new BlobKey(client, Names.random());
    this.description =
        new Content.Blob(content.contentType(), key.id(), content.size(), sha256, pieces);
    this.content = content;
    this.pieceSize = pieceSize;
    this.ticker = ticker;
    this.touched = ticker.getAsLong();
  }

  static OutgoingBlob held(String client, Content.Data data, int pieceSize, LongSupplier ticker) {
    return new OutgoingBlob(client, data, Digests.sha256(data.bytes()), pieceSize, ticker);
  }

  /** The document is the blob's from here on. */
  static OutgoingBlob spooled(
      String client, SpooledDocument document, int pieceSize, LongSupplier ticker) {
    return new OutgoingBlob(client, document, document.sha256(), pieceSize, ticker);
  }

  /** What the reply says of it. */
  public Content.Blob description() {
    return description;
  }

  /** Whose it is. */
  public String client() {
    return key.client();
  }

  /** How many pieces it has. */
  public int pieces() {
    return description.pieces();
  }

  /** How many bytes each piece has but the last, which may be smaller. */
  public int pieceSize() {
    return pieceSize;
  }

  /** How many bytes piece {@code n} has, counted from 0. */
  public int pieceLength(int n) {
    if (n < 0 || n >= pieces()) {
      throw new IndexOutOfBoundsException("piece " + n + " of " + pieces());
    }
    return (int) Math.min(pieceSize, description.size() - (long) n * pieceSize);
  }

  /**
   * The bytes of piece {@code n}, counted from 0.
   *
   * @throws IOException if it is no longer kept, or cannot be read from the disk
   */
  public byte[] piece(int n) throws IOException {
    int length = pieceLength(n);
    long from = (long) n * pieceSize;
    if (gone) {
      throw new IOException("the large document is no longer kept");
    }
    touch();
    if (content instanceof SpooledDocument document) {
      return document.read(from, length);
    }
    return Arrays.copyOfRange(((Content.Data) content).bytes(), (int) from, (int) from + length);
  }

  @Override
  public String toString() {
    return "OutgoingBlob[" + description.id() + ", " + description.size() + " bytes]";
  }

  BlobKey key() {
    return key;
  }

  /** How many bytes it takes in memory. */
  long held() {
    return content instanceof Content.Data data ? data.size() : 0;
  }

  void touch() {
    touched = ticker.getAsLong();
  }

  long touched() {
    return touched;
  }

  void close() {
    gone = true;
    if (content instanceof SpooledDocument document) {
      Spools.close(document);
    }
  }
}
