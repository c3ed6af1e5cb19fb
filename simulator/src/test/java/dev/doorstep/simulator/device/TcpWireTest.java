package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.FIND;
import static dev.doorstep.simulator.device.Samples.NO_CARD;
import static dev.doorstep.simulator.device.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TcpWireTest {

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static String find(Socket socket) throws IOException {
    socket.getOutputStream().write(hex(FIND));
    return Bytes.hex(socket.getInputStream().readNBytes(hex(NO_CARD).length));
  }

  @Test
  void oneConnectionAtATime() throws Exception {
    try (TcpWire wire = TcpWire.serve(new SamReader(), 0);
        Socket second = new Socket()) {
      try (Socket first = connect(wire.port())) {
        assertThat(find(first)).isEqualTo(NO_CARD);
        second.connect(first.getRemoteSocketAddress());
        second.setSoTimeout(5_000);
        second.getOutputStream().write(hex(FIND));
        assertThat(find(first)).isEqualTo(NO_CARD);
      }
      assertThat(Bytes.hex(second.getInputStream().readNBytes(11))).isEqualTo(NO_CARD);
    }
  }

  @Test
  void anUnpluggedDeviceComesBackOnItsPort() throws Exception {
    try (TcpWire wire = TcpWire.serve(new SamReader(), 0)) {
      int port = wire.port();
      for (int round = 0; round < 3; round++) {
        try (Socket socket = connect(port)) {
          assertThat(find(socket)).isEqualTo(NO_CARD);
          wire.stop();
          assertThat(wire.started()).isFalse();
          assertThat(ended(socket)).isTrue();
        }
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        wire.start();
        wire.start();
      }
      assertThat(wire.port()).isEqualTo(port);
    }
  }

  @Test
  void aDeviceThatHangsUpTakesTheNextConnection() throws Exception {
    FaultyDevice device = new FaultyDevice(new SamReader());
    try (TcpWire wire = TcpWire.serve(device, 0)) {
      device.fault(Fault.closeOnRequest());
      try (Socket socket = connect(wire.port())) {
        socket.getOutputStream().write(hex(FIND));
        assertThat(ended(socket)).isTrue();
      }
      device.clear();
      try (Socket socket = connect(wire.port())) {
        assertThat(find(socket)).isEqualTo(NO_CARD);
      }
    }
  }

  @Test
  void aDeviceInTheMiddleOfALongPauseIsUnpluggedAtOnce() throws Exception {
    FaultyDevice device = new FaultyDevice(new SamReader());
    try (TcpWire wire = TcpWire.serve(device, 0);
        Socket socket = connect(wire.port())) {
      assertThat(find(socket)).isEqualTo(NO_CARD);
      device.fault(Fault.delay(Duration.ofMinutes(5)));
      socket.getOutputStream().write(hex(FIND));
      long before = System.nanoTime();
      wire.stop();
      assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }
  }

  @Test
  void noiseThatNobodyReadsEndsWithTheConnection() throws Exception {
    FaultyDevice device = new FaultyDevice(new SamReader());
    try (TcpWire wire = TcpWire.serve(device, 0)) {
      device.fault(Fault.endlessNoise());
      try (Socket socket = connect(wire.port())) {
        socket.getOutputStream().write(hex(FIND));
        assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
      }
      device.clear();
      try (Socket socket = connect(wire.port())) {
        assertThat(find(socket)).isEqualTo(NO_CARD);
      }
    }
  }

  @Test
  void aDeviceWithADefectIsServedAgain() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    WireDevice device =
        (bytes, line) -> {
          if (broken.getAndSet(false)) {
            throw new IllegalStateException("a defect, as the test wants it");
          }
          line.send(hex(NO_CARD));
        };
    try (TcpWire wire = TcpWire.serve(device, 0)) {
      try (Socket socket = connect(wire.port())) {
        socket.getOutputStream().write(hex(FIND));
        assertThat(ended(socket)).isTrue();
      }
      try (Socket socket = connect(wire.port())) {
        assertThat(find(socket)).isEqualTo(NO_CARD);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsToldByItsNumber() {
    try (TcpWire wire = TcpWire.serve(new SamReader(), 0)) {
      assertThatThrownBy(() -> TcpWire.serve(new SamReader(), wire.port()).close())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + wire.port());
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return e.getMessage() != null && e.getMessage().contains("reset");
    }
  }
}
