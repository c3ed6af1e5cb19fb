package dev.doorstep.simulator.device;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A USB device that a Linux kernel takes for its own: a server of USB/IP on 127.0.0.1, from which
 * {@code usbip attach -r 127.0.0.1 -b 1-1} plugs it in. Pulling the plug ends the connection, and
 * the kernel sees the device go.
 *
 * <pre>
 *   import    01 11 80 03 | 0 (4) | bus id (32)        answer: 01 11 00 03 | status (4) | device (312)
 *   command   1 or 2 (4) | number (4) | device (4) | in? (4) | endpoint (4) | flags (4) | length (4)
 *             | frame (4) | packets (4) | interval (4) | setup (8) | bytes, if out
 *   answer    3 or 4 (4) | number (4) | 0 (12) | status (4) | length (4) | 0 (20) | bytes, if in
 * </pre>
 *
 * <p>Source: the Linux kernel's Documentation/usb/usbip_protocol.rst. All numbers big-endian.
 */
public final class UsbIpCable implements Cable {
  /** Where {@code usbip attach} looks unless told otherwise. */
  public static final int PORT = 3240;

  /** The name under which the device is attached. */
  public static final String BUS = "1-1";

  private static final Logger LOG = LoggerFactory.getLogger(UsbIpCable.class);
  private static final int VERSION = 0x0111;
  private static final int IMPORT = 0x8003;
  private static final int SUBMIT = 1;
  private static final int UNLINK = 2;
  private static final int SUBMITTED = 3;
  private static final int UNLINKED = 4;
  private static final int FULL_SPEED = 2;
  private static final int STALLED = -32; // EPIPE
  private static final int GIVEN_UP = -104; // ECONNRESET
  private static final int LARGEST = 1 << 20;

  private final UsbIdentity identity;
  private final WireDevice device;
  private final Plug plug;

  private UsbIpCable(UsbIdentity identity, WireDevice device, int port) {
    this.identity = identity;
    this.device = device;
    this.plug = new Plug("doorstep-usbip-", port, this::serve);
  }

  /**
   * Serves a device until the cable is closed.
   *
   * @throws UncheckedIOException if the port is taken
   */
  public static UsbIpCable serve(UsbIdentity identity, WireDevice device, int port) {
    UsbIpCable cable = new UsbIpCable(identity, device, port);
    cable.start();
    return cable;
  }

  @Override
  public void start() {
    plug.start();
  }

  @Override
  public void stop() {
    plug.stop();
  }

  @Override
  public boolean started() {
    return plug.started();
  }

  @Override
  public void close() {
    plug.close();
  }

  private void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StreamWire out = new StreamWire(socket.getOutputStream(), socket);
    int version = in.readUnsignedShort();
    int request = in.readUnsignedShort();
    in.readInt();
    if (request != IMPORT
        || !new String(in.readNBytes(32), StandardCharsets.US_ASCII).trim().equals(BUS)) {
      LOG.debug("USB/IP {}: request {} is not served", version, request);
      return;
    }
    out.send(imported());
    UsbFunction function =
        new UsbFunction(
            identity, device, (number, bytes) -> out.send(answer(SUBMITTED, number, 0, bytes)));
    try {
      while (true) {
        command(in, out, function);
      }
    } finally {
      function.close();
      out.close();
    }
  }

  private void command(DataInputStream in, Wire out, UsbFunction function) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(in.readNBytes(48));
    if (head.remaining() < 48) {
      throw new EOFException();
    }
    int command = head.getInt();
    int number = head.getInt();
    head.getInt(); // the device: there is one
    boolean asks = head.getInt() != 0;
    int endpoint = head.getInt();
    if (command == UNLINK) {
      boolean given = !function.unlink(head.getInt());
      out.send(answer(UNLINKED, number, given ? 0 : GIVEN_UP, new byte[0]));
      return;
    }
    head.getInt();
    int length = head.getInt();
    if (command != SUBMIT || length < 0 || length > LARGEST) {
      throw new IOException("USB/IP command " + command + " of " + length + " bytes");
    }
    byte[] bytes = asks ? new byte[0] : in.readNBytes(length);
    if (endpoint == 0) {
      Optional<byte[]> answer = control(function, head.position(40).slice());
      byte[] given = answer.filter(it -> asks).orElse(new byte[0]);
      out.send(answer(SUBMITTED, number, answer.isPresent() ? 0 : STALLED, given));
    } else if (asks) {
      if (!function.in(endpoint, number, length)) {
        out.send(answer(SUBMITTED, number, STALLED, new byte[0]));
      }
    } else {
      // Told as taken before it is answered, as on a bus; the length is what was sent.
      out.send(taken(number, length));
      if (!function.out(endpoint, bytes)) {
        LOG.debug("bytes for endpoint {}, which is not there", endpoint);
      }
    }
  }

  private static Optional<byte[]> control(UsbFunction function, ByteBuffer setup) {
    setup.order(ByteOrder.LITTLE_ENDIAN);
    int type = setup.get() & 0xFF;
    int request = setup.get() & 0xFF;
    int value = setup.getShort() & 0xFFFF;
    setup.getShort();
    return function.control(type, request, value, setup.getShort() & 0xFFFF);
  }

  private byte[] imported() {
    ByteBuffer out = ByteBuffer.allocate(8 + 312);
    out.putShort((short) VERSION).putShort((short) (IMPORT & 0x7FFF)).putInt(0);
    out.put("/sys/devices/doorstep/usb1/1-1".getBytes(StandardCharsets.US_ASCII)).position(8 + 256);
    out.put(BUS.getBytes(StandardCharsets.US_ASCII)).position(8 + 288);
    out.putInt(1).putInt(2).putInt(FULL_SPEED);
    out.putShort((short) identity.vendor()).putShort((short) identity.product());
    out.putShort((short) 0x0100);
    out.put(new byte[] {0, 0, 0, 1, 1, 1}); // class of the device; configuration, how many of both
    return out.array();
  }

  private static byte[] taken(int number, int length) {
    byte[] answer = answer(SUBMITTED, number, 0, new byte[0]);
    ByteBuffer.wrap(answer).putInt(24, length);
    return answer;
  }

  private static byte[] answer(int kind, int number, int status, byte[] bytes) {
    return ByteBuffer.allocate(48 + bytes.length)
        .putInt(kind)
        .putInt(number)
        .position(20)
        .putInt(status)
        .putInt(bytes.length)
        .position(48)
        .put(bytes)
        .array();
  }
}
