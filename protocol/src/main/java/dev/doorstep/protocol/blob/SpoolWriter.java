package dev.doorstep.protocol.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Takes a document as it is made and holds no more of it than a record. Closed before {@link
 * #finish}, it leaves nothing. For one thread.
 */
public final class SpoolWriter extends OutputStream {
  private final String contentType;
  private final Spool spool;
  private final MessageDigest digest = Digests.sha256();
  private final byte[] record = new byte[Spool.LARGEST_RECORD];
  private int inRecord;
  private int records;
  private boolean finished;

  SpoolWriter(String contentType, Spool spool) {
    this.contentType = contentType;
    this.spool = spool;
  }

  /** How many bytes it has been given. */
  public long size() {
    return (long) records * record.length + inRecord;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** As {@link OutputStream#write(byte[], int, int)}; a full disk is an {@link IOException}. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (finished) {
      throw new IOException("the document is finished");
    }
    digest.update(bytes, offset, length);
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, record.length - inRecord);
      System.arraycopy(bytes, offset + done, record, inRecord, part);
      inRecord += part;
      done += part;
      if (inRecord == record.length) {
        flushRecord();
      }
    }
  }

  /**
   * The document of all bytes so far, which belongs to the caller.
   *
   * @throws IOException if its end cannot be written; then nothing is left of it
   */
  public SpooledDocument finish() throws IOException {
    if (finished) {
      throw new IOException("the document is finished");
    }
    long size = size();
    try {
      if (inRecord > 0) {
        flushRecord();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    finished = true;
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return SpooledDocument.of(spool, Spool.LARGEST_RECORD, contentType, size, sha256);
  }

  /** Deletes what was written, unless it is finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      finished = true;
      spool.close();
    }
  }

  private void flushRecord() throws IOException {
    spool.write(records, record, 0, inRecord);
    records++;
    inRecord = 0;
  }
}
