package dev.doorstep.agent.blob;

import dev.doorstep.agent.device.Job;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.SpoolWriter;
import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The large documents of one command: those that its parameters refer to and those that its handler
 * makes. All can be read until it is closed, which is after the result was written. For any thread,
 * one at a time.
 */
public final class Documents implements Job.Documents, AutoCloseable {
  private final BlobStore store;
  private final String client;
  private final List<Closeable> own = new ArrayList<>();
  private boolean closed;

  Documents(BlobStore store, String client) {
    this.store = store;
    this.client = client;
  }

  @Override
  public Content.Stored open(Content.Blob blob) throws ContentException {
    return owned(store.uploaded(client, blob));
  }

  @Override
  public DocumentWriter writer(String contentType) throws DeviceException {
    try {
      return new Writer(owned(store.writer(contentType)));
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** Lets go of all of them. */
  @Override
  public synchronized void close() {
    closed = true;
    own.forEach(Spools::close);
    own.clear();
  }

  /** A handler that was left behind may come with one when all is over. */
  private synchronized <T extends Closeable> T owned(T document) {
    if (closed) {
      Spools.close(document);
    } else {
      own.add(document);
    }
    return document;
  }

  private static DeviceException full(IOException e) {
    return new DeviceException(ErrorCode.STORAGE_FULL, String.valueOf(e.getMessage()), e);
  }

  /** Hands on to the spool. */
  private final class Writer implements DocumentWriter {
    private final SpoolWriter spool;

    Writer(SpoolWriter spool) {
      this.spool = spool;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws DeviceException {
      try {
        spool.write(bytes, offset, length);
      } catch (IOException e) {
        throw full(e);
      }
    }

    @Override
    public Content finish() throws DeviceException {
      try {
        SpooledDocument document = spool.finish();
        return owned(document);
      } catch (IOException e) {
        throw full(e);
      }
    }

    @Override
    public void close() {
      Spools.close(spool);
    }
  }
}
