package dev.doorstep.driver.transport;

import static dev.doorstep.driver.transport.UsbBus.Kind.HUB;
import static dev.doorstep.driver.transport.UsbBus.Kind.ONE_PAIR;
import static dev.doorstep.driver.transport.UsbBus.Kind.PRINTER;
import static dev.doorstep.driver.transport.UsbBus.Kind.TWO_PAIRS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Footprint;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.escpos.EscPosDriver;
import dev.doorstep.driver.samidcard.SamIdCardDriver;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.IdentityCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The trials of USB, as a program that {@link UsbTransportTest} runs on the played bus. */
final class UsbTrials implements AutoCloseable {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);
  private static final ReadIdCard EVERYTHING = new ReadIdCard(Duration.ZERO, true, true);

  /** The trials by their names, in the order in which they run. */
  static final Map<String, Trial> ALL = new LinkedHashMap<>();

  static {
    ALL.put("cards are read through two pairs", trials -> trials.readCards(TWO_PAIRS));
    ALL.put("cards are read through one pair", trials -> trials.readCards(ONE_PAIR));
    ALL.put("a printer's endpoints are found", UsbTrials::printer);
    ALL.put("tickets are printed", UsbTrials::tickets);
    ALL.put("devices of a kind are told apart", UsbTrials::twoOfAKind);
    ALL.put("a device is found again under another number", UsbTrials::pluggedElsewhere);
    ALL.put("a device that is not there, used or of another layout", UsbTrials::notConnected);
    ALL.put("silence is a timeout", UsbTrials::silence);
    ALL.put("a stall ends the line", UsbTrials::stall);
    ALL.put("closing from another thread", UsbTrials::closing);
    ALL.put("an interrupted thread does not wait", UsbTrials::interrupted);
    ALL.put("unplugged at each packet, two pairs", trials -> trials.unplugging(TWO_PAIRS));
    ALL.put("unplugged at each packet, one pair", trials -> trials.unplugging(ONE_PAIR));
    ALL.put("unplugged a hundred times without a leak", UsbTrials::hundredTimes);
  }

  /** One of them. */
  interface Trial {
    void run(UsbTrials trials) throws Exception;
  }

  private final UsbBus bus = new UsbBus();
  private final SamReader reader = new SamReader();
  private final TcpWire wire = TcpWire.serve(reader, 0);

  private UsbTrials() throws java.io.IOException {}

  public static void main(String[] arguments) {
    try (UsbTrials trials = new UsbTrials()) {
      for (Map.Entry<String, Trial> trial : ALL.entrySet()) {
        System.out.println("begin " + trial.getKey());
        try {
          trial.getValue().run(trials);
          System.out.println("good " + trial.getKey());
        } catch (Throwable e) { // told, and the others run all the same
          e.printStackTrace(System.out);
        }
        trials.unplugAll();
      }
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
    System.exit(0); // threads of a trial that failed must not keep it
  }

  private void unplugAll() {
    for (String name : new String[] {"1-1.4", "1-1", "1-2", "1-3"}) {
      if (bus.state(name).path("plugged").asBoolean()) {
        bus.unplug(name);
      }
    }
    reader.lift();
  }

  private void readCards(UsbBus.Kind kind) throws DeviceException {
    bus.plug("1-2", kind, "A1", wire.port());
    try (LocalDevice device = open(kind.connection())) {
      for (int seed = 0; seed < 20; seed++) {
        IdentityCard card =
            ResidentCard.generated(seed).withFingerprints(seed % 3 * 512).withAddresses("新址");
        IdCard read = read(device, card, seed % 2 == 0 ? READ : EVERYTHING);
        assertThat(read.number()).contains(card.number());
        assertThat(read.newestAddress().isPresent()).isEqualTo(seed % 2 == 1);
        device.device().idle(Deadline.after(AMPLE));
      }
      demand(ErrorCode.NO_CARD, "", () -> afterLifting(device));
      assertThat(device.device().probe(Deadline.after(AMPLE)).serial())
          .contains("05.03-20990101-0000000001-0000000042");
      assertThat(bus.state("1-2").path("claimed").asInt()).isEqualTo(1);
      assertThat(bus.state("1-2").path("driver").asBoolean()).isFalse();
    }
    assertThat(bus.state("1-2").path("claimed").asInt()).isZero();
    assertThat(bus.state("1-2").path("driver").asBoolean()).isTrue();
    assertThat(bus.state("1-2").path("urbs").asInt()).isZero();
  }

  private void afterLifting(LocalDevice device) throws DeviceException {
    reader.lift();
    device.run(READ);
  }

  private void printer() throws DeviceException {
    try (TcpWire line = TcpWire.serve(new EscPosPrinter(), 0);
        LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      bus.plug("1-2", PRINTER, "P1", line.port());
      Transport port = wires.open(Connection.parse(PRINTER.connection()), Deadline.after(AMPLE));
      byte[] paper = {0x10, 0x04, 0x04};
      for (int i = 0; i < 20; i++) {
        port.discardInput();
        port.write(new byte[1000 + 64 * i], Deadline.after(AMPLE)); // NUL, which prints nothing
        port.write(paper, Deadline.after(AMPLE));
        byte[] answer = new byte[8];
        assertThat(port.read(answer, 0, 8, Deadline.after(AMPLE))).isEqualTo(1);
        assertThat(answer[0]).isEqualTo((byte) 0x12);
      }
      demand(
          ErrorCode.TIMEOUT,
          "sends nothing",
          () -> port.read(new byte[1], 0, 1, Deadline.after(SHORT)));
    }
  }

  private void tickets() throws DeviceException {
    EscPosPrinter paper = new EscPosPrinter();
    PrintTicket ticket = new PrintTicket(List.of(TicketLine.text("取号 12")), PrintTicket.Cut.FULL);
    try (TcpWire line = TcpWire.serve(paper, 0)) {
      bus.plug("1-2", PRINTER, "P1", line.port());
      try (LocalDevice device = LocalDevice.open(new EscPosDriver(), PRINTER.connection())) {
        for (int i = 1; i <= 3; i++) {
          assertThat(device.run(ticket, new TestCall(AMPLE)).state().is(Printed.State.PRINTED))
              .isTrue();
          assertThat(paper.tickets()).hasSize(i);
        }
        bus.set("1-2", "unplug_after", 1);
        demand(ErrorCode.DISCONNECTED, "", () -> device.run(ticket, new TestCall(AMPLE)));
      }
    }
  }

  private void twoOfAKind() throws DeviceException {
    SamReader other = new SamReader();
    try (TcpWire otherWire = TcpWire.serve(other, 0)) {
      bus.plug("1-1", HUB, "", 0);
      bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
      bus.plug("1-1.4", TWO_PAIRS, "B2", otherWire.port());
      other.place(ResidentCard.generated(2));
      String both = TWO_PAIRS.connection();
      demand(ErrorCode.NOT_CONNECTED, "2 such devices are there", () -> open(both).close());
      demand(ErrorCode.NOT_CONNECTED, "1-1.4, 1-2", () -> open(both).close());
      demand(ErrorCode.NOT_CONNECTED, "no such", () -> open(both + "?serial=C3").close());
      demand(ErrorCode.NOT_CONNECTED, "no such", () -> open(both + "?path=1-4").close());
      try (LocalDevice first = open(both + "?serial=A1");
          LocalDevice second = open(both + "?path=1-1.4")) {
        ResidentCard card = ResidentCard.generated(1);
        assertThat(read(first, card, READ).number()).contains(card.number());
        assertThat(second.run(READ).number()).contains(ResidentCard.generated(2).number());
      }
    }
  }

  private void pluggedElsewhere() throws DeviceException {
    bus.plug("1-2", ONE_PAIR, "A1", wire.port());
    String connection = ONE_PAIR.connection() + "?serial=A1";
    open(connection).close();
    bus.unplug("1-2");
    demand(ErrorCode.NOT_CONNECTED, "no such device", () -> open(connection).close());
    bus.plug("1-3", ONE_PAIR, "A1", wire.port());
    try (LocalDevice device = open(connection)) {
      assertThat(read(device, ResidentCard.specimen(), READ).name()).contains("证件样本");
    }
  }

  private void notConnected() {
    demand(ErrorCode.NOT_CONNECTED, "plug it in", () -> open(TWO_PAIRS.connection()).close());
    bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
    bus.set("1-2", "busy", true);
    demand(ErrorCode.DEVICE_IN_USE, "end it", () -> open(TWO_PAIRS.connection()).close());
    bus.unplug("1-2");
    UsbBus.Kind strange = new UsbBus.Kind("0400", "c35a", 255, ONE_PAIR.endpoints());
    bus.plug("1-2", strange, "A1", wire.port());
    demand(
        ErrorCode.NOT_CONNECTED,
        "not the bulk endpoints",
        () -> open(strange.connection()).close());
  }

  private void silence() throws DeviceException {
    bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
    try (LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(Connection.parse("usb:0400:c35a"), Deadline.after(AMPLE));
      Deadline late = Deadline.after(SHORT.plusSeconds(2));
      demand(
          ErrorCode.TIMEOUT,
          "sends nothing",
          () -> port.read(new byte[1], 0, 1, Deadline.after(SHORT)));
      assertThat(late.expired()).isFalse();
      demand(
          ErrorCode.TIMEOUT, "", () -> port.read(new byte[1], 0, 1, Deadline.after(Duration.ZERO)));
      demand(ErrorCode.TIMEOUT, "", () -> port.write(new byte[1], Deadline.after(Duration.ZERO)));
      port.write(new byte[1], Deadline.after(AMPLE));
      bus.set("1-2", "deaf", true);
      demand(
          ErrorCode.TIMEOUT,
          "takes no bytes",
          () -> port.write(new byte[100], Deadline.after(SHORT)));
      demand(ErrorCode.DISCONNECTED, "", () -> port.write(new byte[1], Deadline.after(AMPLE)));
    }
  }

  private void stall() throws DeviceException {
    bus.plug("1-2", ONE_PAIR, "A1", wire.port());
    try (LocalDevice device = open(ONE_PAIR.connection())) {
      bus.set("1-2", "stalled", true);
      demand(ErrorCode.DISCONNECTED, "LIBUSB_ERROR_PIPE", () -> device.run(READ));
      bus.set("1-2", "stalled", false);
      demand(ErrorCode.DISCONNECTED, "was closed", () -> device.run(READ));
    }
    try (LocalDevice device = open(ONE_PAIR.connection())) {
      assertThat(read(device, ResidentCard.specimen(), READ).name()).contains("证件样本");
    }
  }

  @SuppressWarnings("try") // closing early is what is tested
  private void closing() throws Exception {
    bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
    for (int i = 0; i < 10; i++) {
      try (LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
        Transport port = wires.open(Connection.parse("usb:0400:c35a"), Deadline.after(AMPLE));
        CompletableFuture<ErrorCode> reading =
            CompletableFuture.supplyAsync(
                () -> code(() -> port.read(new byte[1], 0, 1, Deadline.after(AMPLE))));
        await().until(() -> bus.state("1-2").path("urbs").asInt() > 0);
        wires.close();
        assertThat(reading.get(2, TimeUnit.SECONDS)).isEqualTo(ErrorCode.DISCONNECTED);
        port.close();
        assertThat(bus.state("1-2").path("claimed").asInt()).isZero();
      }
    }
  }

  private void interrupted() throws DeviceException {
    bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
    try (LaneTransports wires = new LaneTransports(ScreenSource.NONE)) {
      Transport port = wires.open(Connection.parse("usb:0400:c35a"), Deadline.after(AMPLE));
      Thread.currentThread().interrupt();
      try {
        assertThat(code(() -> port.read(new byte[1], 0, 1, Deadline.after(AMPLE))))
            .isEqualTo(ErrorCode.DISCONNECTED);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  /** Probing, reading a card and all that is on it, each cut at every packet that comes. */
  private void unplugging(UsbBus.Kind kind) throws DeviceException {
    int cuts = 0;
    boolean through = false;
    for (int packets = 0; !through; packets++) {
      bus.plug("1-2", kind, "A1", wire.port());
      reader.place(ResidentCard.generated(packets).withFingerprints(1024));
      try (LocalDevice device = open(kind.connection())) {
        bus.set("1-2", "unplug_after", packets);
        long begin = System.nanoTime();
        try {
          device.device().probe(Deadline.after(AMPLE));
          device.run(EVERYTHING, new TestCall(AMPLE));
          through = true;
        } catch (DeviceException e) {
          // Now and then the played bus is slower than a reader may be: on a busy machine.
          assertThat(e.code()).isIn(ErrorCode.DISCONNECTED, ErrorCode.TIMEOUT);
          cuts += e.code() == ErrorCode.DISCONNECTED ? 1 : 0;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      }
      unplugAll();
    }
    assertThat(cuts).isGreaterThan(40); // 2321 bytes are 37 packets
  }

  private void hundredTimes() throws DeviceException {
    Optional<Footprint> before = Optional.empty();
    for (int i = 0; i < 100; i++) {
      bus.plug("1-2", TWO_PAIRS, "A1", wire.port());
      ResidentCard card = ResidentCard.generated(i);
      try (LocalDevice device = open(TWO_PAIRS.connection())) {
        assertThat(read(device, card, READ).number()).contains(card.number());
        if (i % 2 == 0) {
          bus.unplug("1-2");
        } else {
          bus.set("1-2", "unplug_after", i % 20);
        }
        demand(ErrorCode.DISCONNECTED, "", () -> read(device, card, READ));
      }
      unplugAll();
      if (i == 10) {
        before = Optional.of(Footprint.now());
      }
    }
    Footprint.awaitNoMoreThan(before.orElseThrow());
  }

  /** Reads a card; on a busy machine the played bus may be slower than a reader may be. */
  private IdCard read(LocalDevice device, IdentityCard card, ReadIdCard parameters)
      throws DeviceException {
    for (int left = 10; ; left--) {
      reader.place(card);
      try {
        return device.run(parameters, new TestCall(AMPLE));
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.TIMEOUT || left == 0) {
          throw e;
        }
      }
    }
  }

  private interface Action {
    void run() throws DeviceException;
  }

  private static ErrorCode code(Action action) {
    try {
      action.run();
      return ErrorCode.INTERNAL;
    } catch (DeviceException e) {
      return e.code();
    }
  }

  private static void demand(ErrorCode code, String detail, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }

  private static LocalDevice open(String connection) throws DeviceException {
    return LocalDevice.open(new SamIdCardDriver(), connection);
  }

  @Override
  public void close() throws java.io.IOException {
    wire.close();
    bus.close();
  }
}
