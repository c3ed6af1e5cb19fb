package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket to a broker, with TCP_NODELAY, on which Paho gets {@link ReadablePackets}. */
final class BrokerSocket extends Socket {
  private final FirstWord word = new FirstWord();
  private @Nullable InputStream packets;

  /** Unconnected. */
  BrokerSocket() throws IOException {
    setTcpNoDelay(true);
  }

  /** Always the same stream, as it holds what it has read ahead. */
  @Override
  public synchronized InputStream getInputStream() throws IOException {
    InputStream plain = super.getInputStream(); // each time, as it fails on a closed socket
    InputStream known = packets;
    if (known == null) {
      known = new ReadablePackets(word.before(plain));
      packets = known;
    }
    return known;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    try {
      return word.in(super.getOutputStream());
    } catch (IOException e) {
      word.never();
      throw e;
    }
  }
}
