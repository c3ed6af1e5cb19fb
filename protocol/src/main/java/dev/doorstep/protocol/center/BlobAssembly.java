package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One document that comes in pieces. {@link Blobs} lets only one thread in at a time; the last
 * piece closes it, and whoever brought that one puts it together.
 */
final class BlobAssembly {
  private final Content.Blob blob;
  private final Map<Integer, byte[]> pieces = new TreeMap<>();
  private final CompletableFuture<byte[]> document = new CompletableFuture<>();
  private long bytes;
  private boolean full;
  private boolean asked;

  BlobAssembly(Content.Blob blob) {
    this.blob = blob;
  }

  Content.Blob blob() {
    return blob;
  }

  /** The document, completed outside of every lock. */
  CompletableFuture<byte[]> document() {
    return document;
  }

  int count() {
    return full ? blob.pieces() : pieces.size();
  }

  void ask() {
    asked = true;
  }

  /** Whether somebody waits for it. */
  boolean isAwaited() {
    return asked && !document.isDone();
  }

  /**
   * Takes a piece. One that stands already or is none of this blob's is passed over.
   *
   * @return whether this was the last one
   */
  boolean add(int n, byte[] piece) {
    if (full
        || n >= blob.pieces()
        || bytes + piece.length > blob.size()
        || pieces.putIfAbsent(n, piece) != null) {
      return false;
    }
    bytes += piece.length;
    full = pieces.size() == blob.pieces();
    return full;
  }

  /** The document of all pieces, or empty if it is not what was announced. */
  Optional<byte[]> together() {
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) bytes);
    pieces.values().forEach(all::writeBytes);
    pieces.clear();
    return Optional.of(all.toByteArray())
        .filter(whole -> whole.length == blob.size() && sha256(whole).equals(blob.sha256()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
