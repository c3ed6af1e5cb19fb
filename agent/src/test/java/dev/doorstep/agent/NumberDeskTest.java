package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.PointListener;
import dev.doorstep.protocol.center.Watch;
import dev.doorstep.simulator.NumberDesk;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Taking a number by ID card: reader, agent, broker, center, agent, printer. */
@RealComponent("mosquitto")
class NumberDeskTest {
  private static final Clock MORNING =
      Clock.fixed(Instant.parse("2026-03-02T01:30:00Z"), ZoneOffset.ofHours(8));
  private static final NumberDesk.Settings SETTINGS =
      new NumberDesk.Settings("reader", "printer", "A", Locale.CHINESE);

  @TempDir private Path folder;
  private final SamReader reader = new SamReader();
  private final EscPosPrinter printer = new EscPosPrinter();
  private MosquittoBroker broker;
  private TcpWire readerWire;
  private TcpWire printerWire;

  @BeforeEach
  void start() {
    broker = MosquittoBroker.start(folder);
    readerWire = TcpWire.serve(reader, 0);
    printerWire = TcpWire.serve(printer, 0);
  }

  @AfterEach
  void stop() {
    readerWire.close();
    printerWire.close();
    broker.close();
  }

  @Test
  void whoPlacesACardGetsOneTicketWithTheNextNumber(TestReporter reporter) throws Exception {
    List<DeviceEvent> events = new CopyOnWriteArrayList<>();
    List<NumberDesk.Given> numbers = new CopyOnWriteArrayList<>();
    try (RawCenter raw = new RawCenter(broker.url(), "P");
        Agent agent = RunningPoint.start(folder, broker.url(), devices());
        Center center = Center.connect(URI.create(broker.url()), "numbers");
        Watch watch = center.watch(listening(events));
        NumberDesk desk = NumberDesk.open(center, SETTINGS, MORNING, numbers::add)) {
      assertThat(agent).isNotNull();
      assertThat(watch).isNotNull();
      raw.awaitDocument("device/reader", "state", "READY");
      raw.awaitDocument("device/printer", "state", "READY");

      for (int n = 1; n <= 3; n++) {
        int tickets = n;
        long placed = System.nanoTime();
        reader.place(ResidentCard.generated(n));
        await().until(() -> printer.tickets().size() == tickets);
        reporter.publishEntry(
            "card to ticket", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - placed) + " ms");
        reader.lift();
        int cards = n;
        await()
            .until(
                () ->
                    events.stream().filter(e -> e.event().equals("card.removed")).count() == cards);
      }
      assertThat(numbers)
          .extracting(NumberDesk.Given::text)
          .containsExactly("A001", "A002", "A003");
      assertThat(printer.tickets().get(2).text())
          .contains("您的号码", "A003", "您前面等候：2 人", "2026-03-02 09:30")
          .doesNotContain(ResidentCard.generated(3).number());

      DeviceEvent first = events.get(0);
      desk.event("P", "reader", first);
      desk.event("P", "scanner", another(first));
      assertThat(numbers).hasSize(3);
      assertThat(desk.callNext("P")).contains("A001");
      assertThat(desk.callNext("elsewhere")).isEmpty();

      // A center that began anew does not know that event: the point does.
      List<NumberDesk.Given> again = new CopyOnWriteArrayList<>();
      try (NumberDesk anew = NumberDesk.open(center, SETTINGS, MORNING, again::add)) {
        anew.event("P", "reader", first);
        again.get(0).printed().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
      assertThat(printer.tickets()).hasSize(3);
    }
  }

  private static DeviceEvent another(DeviceEvent event) {
    return new DeviceEvent(
        event.id() + "x",
        event.event(),
        event.time(),
        event.session(),
        event.sequence(),
        event.caseNumber(),
        event.data());
  }

  private static PointListener listening(List<DeviceEvent> events) {
    return new PointListener() {
      @Override
      public void event(String point, String device, DeviceEvent event) {
        events.add(event);
      }
    };
  }

  private String devices() {
    return """
        - {id: reader, driver: sam-id-card, connection: "tcp:127.0.0.1:%d", watch: true}
        - {id: printer, driver: esc-pos, connection: "tcp:127.0.0.1:%d"}
        """
        .formatted(readerWire.port(), printerWire.port());
  }
}
