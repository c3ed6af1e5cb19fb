package dev.doorstep.protocol.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Numbered records of at most 64 KiB in an encrypted file of their own, written in any order and
 * read at random; the file goes when the spool is closed. Safe for any thread, also for one that is
 * interrupted.
 */
public final class Spool implements Closeable {
  /** The most bytes of a record. */
  public static final int LARGEST_RECORD = 64 * 1024;

  private static final int LENGTH_BITS = 17;

  private final RandomAccessFile file; // a FileChannel would be closed by an interrupt
  private final Path path;
  private final SpoolFolder folder;
  private final RecordBuffers buffers;
  private final RecordCipher cipher = new RecordCipher();
  private final Records records = new Records();
  private long end;
  private boolean closed;

  Spool(RandomAccessFile file, Path path, SpoolFolder folder) {
    this.file = file;
    this.path = path;
    this.folder = folder;
    this.buffers = folder.buffers();
  }

  /**
   * Writes a record. One of the same number that is there already is replaced, and its room on the
   * disk is lost until the spool is closed.
   *
   * @param n its number, from 0
   * @throws IOException if the folder or the disk is full, or the disk fails; what was there of
   *     this number stays
   */
  public synchronized void write(int n, byte[] bytes, int offset, int length) throws IOException {
    if (n < 0 || length > LARGEST_RECORD) {
      throw new IllegalArgumentException("a record is numbered from 0 and has at most 64 KiB");
    }
    checkOpen();
    folder.take(length + RecordCipher.TAG);
    long place = end;
    end += length + RecordCipher.TAG; // never used again, also if the write fails: it is the nonce
    byte[] sealed = buffers.take();
    try {
      cipher.seal(n, place, bytes, offset, length, sealed);
      file.seek(place);
      file.write(sealed, 0, length + RecordCipher.TAG);
    } catch (IOException e) {
      throw new IOException(
          "a large document cannot be written to the disk of its spool folder: make room there", e);
    } finally {
      buffers.give(sealed);
    }
    records.put(n, place << LENGTH_BITS | length);
  }

  /**
   * Reads a record.
   *
   * @throws IOException if it is not there, the disk fails, or somebody changed the file
   */
  public synchronized byte[] read(int n) throws IOException {
    checkOpen();
    long record = records.place(n);
    if (record == Records.NONE) {
      throw new IOException("a large document lacks its record " + n);
    }
    long place = record >>> LENGTH_BITS;
    byte[] bytes = new byte[length(record)];
    byte[] sealed = buffers.take();
    try {
      file.seek(place);
      file.readFully(sealed, 0, bytes.length + RecordCipher.TAG);
      cipher.open(n, place, sealed, bytes);
      return bytes;
    } catch (GeneralSecurityException e) {
      throw new IOException("record " + n + " of a large document was changed on the disk", e);
    } finally {
      buffers.give(sealed);
    }
  }

  /** How many bytes a record has, or -1 if it is not there. */
  public synchronized int length(int n) {
    long record = records.place(n);
    return record == Records.NONE ? -1 : length(record);
  }

  /** How many records are there. */
  public synchronized int count() {
    return records.count();
  }

  /** How many bytes the file has. */
  public synchronized long bytesOnDisk() {
    return end;
  }

  /** Deletes the file. Further reads and writes fail. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    folder.give(end);
    file.close();
    Files.deleteIfExists(path);
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the large document is no longer kept");
    }
  }

  private static int length(long record) {
    return (int) (record & (1 << LENGTH_BITS) - 1);
  }
}
