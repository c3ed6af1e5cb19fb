package dev.doorstep.driver;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;

/** A document that is held in memory while it is made: for small ones, and for tests. */
public final class HeldDocument implements DocumentWriter {
  private final String contentType;
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** An empty document that takes so many bytes. */
  public HeldDocument(String contentType, int most) {
    this.contentType = contentType;
    this.most = most;
  }

  @Override
  public void write(byte[] part, int offset, int length) throws DeviceException {
    if (length > most - bytes.size()) {
      throw new DeviceException(ErrorCode.STORAGE_FULL, "a document above " + most + " bytes");
    }
    bytes.write(part, offset, length);
  }

  @Override
  public Content finish() {
    return Content.of(contentType, bytes.toByteArray());
  }

  /** Nothing to let go of. */
  @Override
  public void close() {}
}
