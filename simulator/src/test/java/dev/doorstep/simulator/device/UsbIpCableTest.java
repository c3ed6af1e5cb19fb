package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host as the kernel is one, byte by byte. */
class UsbIpCableTest {
  private final HeldPort held = HeldPort.take(0);

  private static final byte[] STATUS = {
    (byte) 0xAA, (byte) 0xAA, (byte) 0xAA, (byte) 0x96, 0x69, 0, 3, 0x11, (byte) 0xFF, (byte) 0xED
  };
  private static final byte[] GOOD = {
    (byte) 0xAA, (byte) 0xAA, (byte) 0xAA, (byte) 0x96, 0x69, 0, 4, 0, 0, (byte) 0x90, (byte) 0x94
  };

  /** One connection to the device. */
  private static final class Host implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    Host(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
    }

    /** Imports the device, and gives what is told of it. */
    ByteBuffer attach(String bus) throws IOException {
      byte[] request =
          ByteBuffer.allocate(40)
              .putInt(0x01118003)
              .putInt(0)
              .put(bus.getBytes(StandardCharsets.US_ASCII))
              .array();
      socket.getOutputStream().write(request);
      return bytes(320);
    }

    void submit(int number, int direction, int endpoint, int length, long setup, byte... bytes)
        throws IOException {
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(48 + bytes.length)
                  .putInt(1)
                  .putInt(number)
                  .putInt(0x10002)
                  .putInt(direction)
                  .putInt(endpoint)
                  .putInt(0)
                  .putInt(length)
                  .position(40)
                  .putLong(setup)
                  .put(bytes)
                  .array());
    }

    void unlink(int number, int which) throws IOException {
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(48).putInt(2).putInt(number).position(20).putInt(which).array());
    }

    /** The head of the next answer: its kind, number, status and length. */
    int[] head() throws IOException {
      ByteBuffer head = bytes(48);
      return new int[] {head.getInt(), head.getInt(), head.getInt(20), head.getInt(24)};
    }

    ByteBuffer bytes(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void ask(Host host, int number, int out, byte[] bytes) throws IOException {
    host.submit(number, 0, out, bytes.length, 0, bytes);
    assertThat(host.head()).containsExactly(3, number, 0, bytes.length);
  }

  @AfterEach
  void close() {
    held.close();
  }

  @Test
  void aReaderWithTwoPairsGivesHeadAndRestApart() throws Exception {
    int port = held.port();
    try (UsbIpCable cable = UsbIpCable.serve(UsbIdentity.samReader("S1"), new SamReader(), port);
        Host host = new Host(port)) {
      assertThat(cable.started()).isTrue();
      ByteBuffer device = host.attach(UsbIpCable.BUS);
      assertThat(device.getInt(4)).isZero();
      assertThat(device.getShort(8 + 300) & 0xFFFF).isEqualTo(0x0400);
      assertThat(device.getShort(8 + 302) & 0xFFFF).isEqualTo(0xC35A);
      host.submit(1, 1, 1, 64, 0);
      host.submit(2, 1, 5, 64, 0);
      ask(host, 3, 2, Arrays.copyOf(STATUS, 7));
      ask(host, 4, 6, Arrays.copyOfRange(STATUS, 7, STATUS.length));
      assertThat(host.head()).containsExactly(3, 1, 0, 7);
      assertThat(host.bytes(7).array()).isEqualTo(Arrays.copyOf(GOOD, 7));
      assertThat(host.head()).containsExactly(3, 2, 0, 4);
      assertThat(host.bytes(4).array()).isEqualTo(Arrays.copyOfRange(GOOD, 7, 11));
    }
  }

  @Test
  void aReaderWithOnePairGivesWholeFramesAndWhatIsLeftWithTheNextRequest() throws Exception {
    int port = held.port();
    try (UsbIpCable cable =
            UsbIpCable.serve(UsbIdentity.pairedSamReader("S2"), new SamReader(), port);
        Host host = new Host(port)) {
      assertThat(cable.started()).isTrue();
      host.attach(UsbIpCable.BUS);
      ask(host, 1, 2, STATUS);
      host.submit(2, 1, 1, 4, 0);
      assertThat(host.head()).containsExactly(3, 2, 0, 4);
      host.bytes(4);
      host.submit(3, 1, 1, 64, 0);
      assertThat(host.head()).containsExactly(3, 3, 0, 7);
    }
  }

  @Test
  void itsDescriptorsAreToldAndWhatItDoesNotKnowIsRefused() throws Exception {
    int port = held.port();
    try (UsbIpCable cable = UsbIpCable.serve(UsbIdentity.samReader("S3"), new SamReader(), port);
        Host host = new Host(port)) {
      assertThat(cable.started()).isTrue();
      host.attach(UsbIpCable.BUS);
      host.submit(1, 1, 0, 18, 0x8006000100001200L);
      assertThat(host.head()).containsExactly(3, 1, 0, 18);
      assertThat(host.bytes(18).getShort(8)).isEqualTo((short) 0x0004); // 0400, little-endian
      host.submit(2, 1, 0, 255, 0x800600020000FF00L);
      assertThat(host.head()).containsExactly(3, 2, 0, 18 + 4 * 7);
      host.bytes(18 + 4 * 7);
      host.submit(3, 1, 0, 255, 0x800603030904FF00L);
      assertThat(host.head()).containsExactly(3, 3, 0, 6);
      assertThat(new String(host.bytes(6).array(), 2, 4, StandardCharsets.UTF_16LE))
          .isEqualTo("S3");
      host.submit(4, 1, 0, 255, 0x800600060000FF00L);
      assertThat(host.head()).containsExactly(3, 4, -32, 0);
      host.submit(5, 1, 3, 64, 0);
      assertThat(host.head()).containsExactly(3, 5, -32, 0);
    }
  }

  @Test
  void aRequestThatIsGivenUpGetsNothing() throws Exception {
    int port = held.port();
    try (UsbIpCable cable =
            UsbIpCable.serve(UsbIdentity.pairedSamReader("S4"), new SamReader(), port);
        Host host = new Host(port)) {
      assertThat(cable.started()).isTrue();
      host.attach(UsbIpCable.BUS);
      host.submit(1, 1, 1, 64, 0);
      host.unlink(2, 1);
      assertThat(host.head()).containsExactly(4, 2, -104, 0);
      host.unlink(3, 1);
      assertThat(host.head()).containsExactly(4, 3, 0, 0);
    }
  }

  @Test
  void pullingThePlugEndsTheConnectionAndAnotherDeviceIsNotThere() throws Exception {
    int port = held.port();
    try (UsbIpCable cable = UsbIpCable.serve(UsbIdentity.samReader("S5"), new SamReader(), port)) {
      try (Host host = new Host(port)) {
        assertThatThrownBy(() -> host.attach("1-2")).isInstanceOf(EOFException.class);
      }
      try (Host host = new Host(port)) {
        host.attach(UsbIpCable.BUS);
        cable.stop();
        assertThatThrownBy(host::head).isInstanceOf(IOException.class);
      }
      cable.start();
      try (Host host = new Host(port)) {
        assertThat(host.attach(UsbIpCable.BUS).getInt(4)).isZero();
      }
    }
  }
}
