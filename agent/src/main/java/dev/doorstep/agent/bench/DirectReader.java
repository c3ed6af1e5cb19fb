package dev.doorstep.agent.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/** The device exchanges of a command, made over a plain socket by nobody's driver. */
final class DirectReader implements Closeable {
  private static final byte[] STATUS = request("11FFED"); // 00^03^11^FF
  private static final byte[] SAM_ID = request("12FFEE");
  private static final byte[] FIND = request("200122");
  private static final byte[] SELECT = request("200221");
  private static final byte[] READ = request("300132");
  private static final int PREAMBLE = 5;

  private final Socket socket;
  private final DataInputStream in;

  DirectReader(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
  }

  /** What {@code device.status} takes. */
  void status() throws IOException {
    exchange(STATUS);
    exchange(SAM_ID);
  }

  /** What {@code id-card.read} takes. */
  void card() throws IOException {
    exchange(FIND);
    exchange(SELECT);
    exchange(READ);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    in.readFully(new byte[PREAMBLE]);
    in.readFully(new byte[in.readUnsignedShort()]);
  }

  private static byte[] request(String commandAndChecksum) {
    return HexFormat.of().parseHex("AAAAAA96690003" + commandAndChecksum);
  }
}
