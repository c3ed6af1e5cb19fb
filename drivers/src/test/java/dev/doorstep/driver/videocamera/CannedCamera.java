package dev.doorstep.driver.videocamera;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Answers every request with the same bytes, so that each of them can be cut off. */
final class CannedCamera implements WireDevice {
  private final byte[] response;
  private final StringBuilder request = new StringBuilder();

  CannedCamera(byte[] response) {
    this.response = response;
  }

  /** A response from texts and byte arrays. */
  static byte[] response(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      bytes.writeBytes(
          part instanceof byte[] raw ? raw : part.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  @Override
  public void connected(Wire wire) {
    request.setLength(0);
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    request.append(new String(bytes, StandardCharsets.ISO_8859_1));
    if (request.indexOf("\r\n\r\n") >= 0) {
      request.setLength(0);
      wire.send(response);
    }
  }
}
