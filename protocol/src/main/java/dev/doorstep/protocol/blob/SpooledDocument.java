package dev.doorstep.protocol.blob;

import dev.doorstep.protocol.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A document in a spool. Each who holds it has one of its own, by {@link #share}, and closes that;
 * the file goes with the last. Safe for any thread.
 */
public final class SpooledDocument implements Content.Stored, Closeable {
  private final Spool spool;
  private final int recordSize;
  private final String contentType;
  private final long size;
  private final String sha256;
  private final AtomicInteger holders;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SpooledDocument(
      Spool spool,
      int recordSize,
      String contentType,
      long size,
      String sha256,
      AtomicInteger holders) {
    this.spool = spool;
    this.recordSize = recordSize;
    this.contentType = contentType;
    this.size = size;
    this.sha256 = sha256;
    this.holders = holders;
  }

  /**
   * The document that a spool's records make in the order of their numbers.
   *
   * @param spool the records, which are the document's from here on
   * @param recordSize how many bytes each of them has but the last, which may be smaller
   * @param sha256 what the SHA-256 of all bytes is; taken as it is
   */
  public static SpooledDocument of(
      Spool spool, int recordSize, String contentType, long size, String sha256) {
    return new SpooledDocument(spool, recordSize, contentType, size, sha256, new AtomicInteger(1));
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /**
   * The same document for another holder, who closes it.
   *
   * @throws IOException if it is no longer kept
   */
  public SpooledDocument share() throws IOException {
    checkOpen();
    int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    if (before == 0) {
      throw new IOException("the large document is no longer kept");
    }
    return new SpooledDocument(spool, recordSize, contentType, size, sha256, holders);
  }

  /**
   * Reads a part of it.
   *
   * @param length how many bytes, all of them within the document
   * @throws IOException if the disk fails, somebody changed the file, or it is no longer kept
   */
  public byte[] read(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, /* size= */ length, /* length= */ size);
    int n = (int) (offset / recordSize);
    int from = (int) (offset % recordSize);
    if (from == 0 && length == spool.length(n)) {
      return record(n);
    }
    byte[] part = new byte[length];
    int done = 0;
    while (done < length) {
      byte[] record = record(n);
      int copied = Math.min(length - done, record.length - from);
      System.arraycopy(record, from, part, done, copied);
      done += copied;
      from = 0;
      n++;
    }
    return part;
  }

  @Override
  public InputStream open() throws IOException {
    checkOpen();
    return new Reading();
  }

  /** Lets go of it. */
  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true) && holders.decrementAndGet() == 0) {
      spool.close();
    }
  }

  @Override
  public String toString() {
    return "SpooledDocument[" + contentType + ", " + size + " bytes]";
  }

  private byte[] record(int n) throws IOException {
    checkOpen();
    return spool.read(n);
  }

  private void checkOpen() throws IOException {
    if (closed.get()) {
      throw new IOException("the large document is no longer kept");
    }
  }

  /** Reads it record by record. */
  private final class Reading extends InputStream {
    private byte[] record = new byte[0];
    private int inRecord;
    private int next;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      if (inRecord == record.length) {
        if ((long) next * recordSize >= size) {
          return -1;
        }
        record = record(next);
        inRecord = 0;
        next++;
      }
      int part = Math.min(length, record.length - inRecord);
      System.arraycopy(record, inRecord, into, offset, part);
      inRecord += part;
      return part;
    }
  }
}
