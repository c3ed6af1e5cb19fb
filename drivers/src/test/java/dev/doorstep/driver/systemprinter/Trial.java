package dev.doorstep.driver.systemprinter;

import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.PrintDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints once on a queue, and says on one line what became of it. A program of its own: where CUPS
 * is, javax.print reads in the environment, once.
 */
final class Trial {
  private static final Duration AMPLE = Duration.ofSeconds(40);

  private Trial() {}

  /** How a print goes. */
  enum Way {
    WELL,
    LATE,
    CANCELLED,
    CUT
  }

  /** The watchdog closes the wires while the process that prints begins. */
  private static String cut(LocalDevice device, PrintDocument wanted, TestCall call) {
    CompletableFuture<ErrorCode> end = device.failure(wanted, call);
    await().until(() -> ProcessHandle.current().children().findAny().isPresent());
    device.closeWires();
    return end.join() + " acts " + call.acts();
  }

  /** The name of a queue, a file with parameters, and how it goes. */
  @SuppressWarnings("SystemOut") // that is how the test hears of it
  public static void main(String[] arguments) throws Exception {
    try (LocalDevice device =
        LocalDevice.open(new SystemPrinterDriver(), "print:" + arguments[0])) {
      boolean takes =
          device.device().probe(Deadline.after(Duration.ofSeconds(10))).cause().isEmpty();
      PrintDocument wanted =
          Codec.parameters(
              PrintDocument.TYPE,
              (ObjectNode) JsonMapper.shared().readTree(Files.readString(Path.of(arguments[1]))));
      Way way = Way.valueOf(arguments[2]);
      TestCall call = new TestCall(way == Way.LATE ? Duration.ofMillis(50) : AMPLE);
      if (way == Way.CANCELLED) {
        call.cancelledWhenActing();
      }
      System.out.println(
          way == Way.CUT
              ? cut(device, wanted, call)
              : Codec.tree(device.run(wanted, call)) + " acts " + call.acts() + " takes " + takes);
    } catch (DeviceException e) {
      System.out.println(e.code() + " " + e.inDoubt() + " " + e.getMessage());
    }
    System.exit(0); // javax.print leaves threads
  }
}
