package dev.doorstep.simulator.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wire over an output stream, whichever kind of line is behind it. */
final class StreamWire implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(StreamWire.class);

  private final OutputStream out;
  private final Closeable line;
  private volatile boolean open = true;

  StreamWire(OutputStream out, Closeable line) {
    this.out = out;
    this.line = line;
  }

  @Override
  public void send(byte[] bytes) {
    synchronized (out) {
      if (!open) {
        return;
      }
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        LOG.debug("the line is gone: {}", e.toString());
        open = false;
      }
    }
  }

  @Override
  public boolean open() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    Sockets.closeQuietly(line);
  }
}
