package dev.doorstep.simulator.device;

import static dev.doorstep.simulator.device.Samples.FIND;
import static dev.doorstep.simulator.device.Samples.NO_CARD;
import static dev.doorstep.simulator.device.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealComponent("socat")
class PtyWireTest {

  @TempDir Path folder;

  private static String find(Path serial) throws IOException {
    byte[] answer = new byte[hex(NO_CARD).length];
    try (RandomAccessFile port = new RandomAccessFile(serial.toFile(), "rw")) {
      port.write(hex(FIND));
      port.readFully(answer);
    }
    return Bytes.hex(answer);
  }

  @Test
  void aSerialPortMayBeOpenedAgainAndAgain() throws Exception {
    try (PtyWire wire = PtyWire.serve(new SamReader(), folder.resolve("reader"))) {
      assertThat(wire.path()).isEqualTo(folder.resolve("reader"));
      for (int i = 0; i < 3; i++) {
        assertThat(find(wire.path())).isEqualTo(NO_CARD);
      }
    }
    assertThat(folder.resolve("reader")).doesNotExist();
  }

  @Test
  void anUnpluggedDeviceComesBackAtItsLink() throws Exception {
    try (PtyWire wire = PtyWire.serve(new SamReader(), folder.resolve("reader"))) {
      wire.stop();
      assertThat(wire.started()).isFalse();
      assertThat(Files.exists(wire.path(), LinkOption.NOFOLLOW_LINKS)).isFalse();
      wire.start();
      assertThat(find(wire.path())).isEqualTo(NO_CARD);
    }
  }

  @Test
  void allBytesPassUnchanged() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    WireDevice echo = (bytes, line) -> line.send(bytes);
    try (PtyWire wire = PtyWire.serve(echo, folder.resolve("echo"));
        RandomAccessFile port = new RandomAccessFile(wire.path().toFile(), "rw")) {
      byte[] back = new byte[all.length];
      port.write(all);
      port.readFully(back);
      assertThat(back).isEqualTo(all);
    }
  }

  @Test
  void aLinkThatCannotBeMadeIsTold() {
    Path nowhere = folder.resolve("none").resolve("reader");

    assertThatThrownBy(() -> PtyWire.serve(new SamReader(), nowhere).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(nowhere.toString());
  }
}
