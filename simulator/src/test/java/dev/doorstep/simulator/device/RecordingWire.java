package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A line that remembers what the device sent. */
final class RecordingWire implements Wire {

  private final List<byte[]> sent = new ArrayList<>();
  private volatile boolean open = true;

  @Override
  public synchronized void send(byte[] bytes) {
    sent.add(bytes.clone());
  }

  @Override
  public boolean open() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  /** Everything sent since the last call, in hex. */
  synchronized String hex() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    sent.forEach(all::writeBytes);
    sent.clear();
    return Bytes.hex(all.toByteArray());
  }

  /** The single pieces sent since the last call. */
  synchronized List<String> pieces() {
    List<String> pieces = sent.stream().map(Bytes::hex).toList();
    sent.clear();
    return pieces;
  }
}
