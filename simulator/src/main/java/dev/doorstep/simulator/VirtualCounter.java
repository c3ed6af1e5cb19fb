package dev.doorstep.simulator;

import dev.doorstep.simulator.device.Cable;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.KeyPad;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.PtyWire;
import dev.doorstep.simulator.device.Resident;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A counter with one device of each kind: an ID-card {@code reader} (without a card on it), a
 * {@code camera} above a page, a ticket {@code printer}, and a resident at the evaluation {@code
 * pad}, which may be a page or a {@code keypad}. It is reached like real hardware, by {@link
 * #connection}, and nothing of it outlives {@link #close}.
 */
public final class VirtualCounter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualCounter.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final SamReader reader = new SamReader();
  private final EscPosPrinter printer = new EscPosPrinter();
  private final KeyPad keypad = KeyPad.framed();
  private final FaultyDevice readerLine = new FaultyDevice(reader);
  private final FaultyDevice printerLine = new FaultyDevice(printer);
  private final FaultyDevice keypadLine = new FaultyDevice(keypad);
  private final SerialLine readerCable;
  private final SerialLine keypadCable;
  private final TcpWire printerCable;
  private final MjpegCamera camera;
  private final Map<String, String> connections;
  private @Nullable Resident resident;
  private @Nullable URI page;

  private VirtualCounter(Path folder) {
    try {
      printerCable = own(TcpWire.serve(printerLine, 0));
      camera = own(MjpegCamera.start(0));
      readerCable = serial(readerLine, folder.resolve("reader"), 115_200);
      keypadCable = serial(keypadLine, folder.resolve("keypad"), 9_600);
      keypad.willPress("SATISFIED");
      connections =
          Map.of(
              "reader",
              readerCable.connection(),
              "keypad",
              keypadCable.connection(),
              "camera",
              "mjpeg:" + camera.url(),
              "printer",
              "tcp:127.0.0.1:" + printerCable.port());
    } catch (RuntimeException e) {
      closeParts();
      throw e;
    }
  }

  /**
   * Sets the counter up.
   *
   * @param folder an existing folder for the links to the serial lines of reader and keypad
   * @throws java.io.UncheckedIOException if a device does not start
   */
  public static VirtualCounter start(Path folder) {
    return new VirtualCounter(folder);
  }

  /**
   * How a point reaches a device, in the form of its configuration.
   *
   * @param device {@code reader}, {@code camera}, {@code printer} or {@code keypad}
   * @throws IllegalArgumentException if there is no such device
   */
  public String connection(String device) {
    return Optional.ofNullable(connections.get(device))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no connection to " + device + "; there are: camera, keypad, printer, reader"));
  }

  /** The ID-card reader. */
  public SamReader reader() {
    return reader;
  }

  /** The document camera. */
  public MjpegCamera camera() {
    return camera;
  }

  /** The ticket printer. */
  public EscPosPrinter printer() {
    return printer;
  }

  /** The keypad, whose resident presses 满意 unless told otherwise. */
  public KeyPad keypad() {
    return keypad;
  }

  /** Seats the resident in front of a pad's page, in place of any who sat there. */
  public synchronized Resident resident(URI page) {
    leave();
    this.page = page;
    Resident seated = Resident.open(page);
    resident = seated;
    return seated;
  }

  /**
   * Lets something go wrong, in place of what went wrong with this device before.
   *
   * @param device a key of {@link #faults()}
   * @param fault one of its values
   * @throws IllegalArgumentException if either is unknown; the message lists what is known
   * @throws IllegalStateException if the fault is the pad's and nobody sits there
   */
  public void fault(String device, String fault) {
    CounterFault.of(device, fault).happenTo(this);
  }

  /** Mends a device: everything that was wrong with it is well again. */
  public void mend(String device) {
    CounterFault.mend(device, this);
  }

  /** The faults that each device knows, by the names that {@link #fault} takes. */
  public static Map<String, List<String>> faults() {
    return CounterFault.table();
  }

  @Override
  public void close() {
    leave();
    closeParts();
  }

  FaultyDevice readerLine() {
    return readerLine;
  }

  FaultyDevice printerLine() {
    return printerLine;
  }

  FaultyDevice keypadLine() {
    return keypadLine;
  }

  Cable readerCable() {
    return readerCable.cable();
  }

  Cable keypadCable() {
    return keypadCable.cable();
  }

  Cable printerCable() {
    return printerCable;
  }

  synchronized Resident seated() {
    if (resident == null) {
      throw new IllegalStateException("nobody sits at the pad: its page is not open yet");
    }
    return resident;
  }

  /** Takes the resident away, browser and all. */
  synchronized void leave() {
    if (resident != null) {
      resident.close();
    }
  }

  /** Seats the resident again who left. */
  synchronized void comeBack() {
    if (page != null) {
      resident(page);
    }
  }

  /** A serial line, or TCP where there is no program that makes one. */
  private record SerialLine(Cable cable, String connection) {}

  private SerialLine serial(FaultyDevice device, Path link, int baud) {
    if (PtyWire.available()) {
      PtyWire line = own(PtyWire.serve(device, link));
      return new SerialLine(line, "serial:" + line.path() + "?baud=" + baud);
    }
    TcpWire line = own(TcpWire.serve(device, 0));
    return new SerialLine(line, "tcp:127.0.0.1:" + line.port());
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }

  private void closeParts() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // The others are to be closed all the same.
        LOG.warn("a simulated device does not close", e);
      }
    }
  }
}
