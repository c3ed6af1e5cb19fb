package dev.doorstep.driver.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices of a real Linux kernel, in a machine of QEMU's. */
@RealComponent("qemu-system-x86_64")
@RealComponent("usbip")
@RealComponent("cpio")
@RealComponent("guest-kernel")
class GuestKernelTest {
  private static final Path BOOT = Path.of("src/test/guest/boot").toAbsolutePath();
  private static final Path KERNEL = Path.of("target/guest-kernel").toAbsolutePath();

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // a processor that is played, on a busy machine
  void drivesItsUsbReadersThroughUnpluggingAndItsCamera() throws Exception {
    List<String> told = run(GuestRun.class);
    assertThat(told)
        .contains(
            "guest: usb:0400:c35a reads",
            "guest: usb:0400:c35a comes back",
            "guest: usb:0316:5020 reads",
            "guest: usb:0316:5020 comes back",
            "guest: v4l2:/dev/video0 gives a picture",
            "guest: exit 0");
  }

  /** Runs a program of the tests in the guest, and gives what it printed. */
  private List<String> run(Class<?> program) throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("script"),
            "'%s' -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir=/mnt -cp '%s' %s\n"
                .formatted(
                    ProcessHandle.current().info().command().orElseThrow(),
                    System.getProperty("java.class.path"),
                    program.getName()));
    Path log = folder.resolve("log");
    Process guest =
        new ProcessBuilder(
                BOOT.toString(),
                KERNEL.toString(),
                script.toString(),
                folder.resolve("work").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int status = guest.waitFor();
      List<String> lines = Files.readAllLines(log).stream().map(String::strip).toList();
      assertThat(status).as("%s", lines).isZero();
      return lines;
    } finally {
      guest.destroyForcibly().waitFor();
    }
  }
}
