package dev.doorstep.agent.command;

import dev.doorstep.protocol.Content;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A document that leaves in pieces: the bytes and what the reply says of them. Immutable. */
public final class OutgoingBlob {
  private final Content.Blob description;
  private final byte[] bytes;
  private final int pieceSize;

  private OutgoingBlob(Content.Blob description, byte[] bytes, int pieceSize) {
    this.description = description;
    this.bytes = bytes;
    this.pieceSize = pieceSize;
  }

  static OutgoingBlob of(String id, Content.Data data, int pieceSize) {
    byte[] bytes = data.bytes();
    int pieces = (bytes.length + pieceSize - 1) / pieceSize;
    Content.Blob description =
        new Content.Blob(data.contentType(), id, bytes.length, sha256(bytes), pieces);
    return new OutgoingBlob(description, bytes, pieceSize);
  }

  /** What the reply says of it. */
  public Content.Blob description() {
    return description;
  }

  /** All bytes, not a copy: not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes piece {@code n} has, counted from 0. */
  public int pieceLength(int n) {
    return Math.min(pieceSize, bytes.length - Math.multiplyExact(n, pieceSize));
  }

  /** A copy of piece {@code n}, counted from 0. */
  public byte[] piece(int n) {
    int from = n * pieceSize;
    return Arrays.copyOfRange(bytes, from, from + pieceLength(n));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
