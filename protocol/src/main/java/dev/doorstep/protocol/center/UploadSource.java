package dev.doorstep.protocol.center;

import java.io.IOException;
import java.io.InputStream;

/** A document that is sent up, read more than once and each time from its begin. */
@FunctionalInterface
public interface UploadSource {
  /** A new stream of the same bytes, which is closed when it was read. */
  InputStream open() throws IOException;
}
