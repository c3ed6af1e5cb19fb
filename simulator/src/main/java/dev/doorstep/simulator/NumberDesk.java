package dev.doorstep.simulator;

import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.PointListener;
import dev.doorstep.protocol.center.Watch;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.TicketLine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sample center that gives numbers (身份证取号): whoever places a card on a watching reader gets a
 * ticket with the next number of the day. It reads no card and knows nobody; its numbers live in
 * memory, one row of them for each point. Any thread may call it.
 */
public final class NumberDesk implements PointListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NumberDesk.class);
  private static final String PLACED = "card.placed";
  private static final int EVENTS_KEPT = 1000;

  /** Whoever has not got it by then has gone, and places the card anew. */
  private static final Duration PRINTING = Duration.ofSeconds(20);

  private final Center center;
  private final Settings settings;
  private final Clock clock;
  private final Consumer<Given> gave;
  private final Watch watch;
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, Given> gaveFor =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
          return size() > EVENTS_KEPT;
        }
      };

  /**
   * How numbers are given.
   *
   * @param reader the device name of the reader, which needs {@code watch: true}
   * @param printer the device name of the receipt printer
   * @param prefix what stands before each number, such as {@code A}
   * @param locale the language of the tickets
   */
  public record Settings(String reader, String printer, String prefix, Locale locale) {}

  /**
   * A number that was given.
   *
   * @param point the point's id
   * @param text such as {@code A007}
   * @param waiting how many were given before it and not yet called
   * @param printed ends as the print does
   */
  public record Given(String point, String text, int waiting, CompletionStage<Printed> printed) {}

  /** The numbers of a point on a day. */
  private static final class Row {
    private final LocalDate day;
    private int given;
    private int called;

    Row(LocalDate day) {
      this.day = day;
    }
  }

  private NumberDesk(Center center, Settings settings, Clock clock, Consumer<Given> gave) {
    this.center = center;
    this.settings = settings;
    this.clock = clock;
    this.gave = gave;
    this.watch = center.watch(this);
  }

  /**
   * Begins to give numbers at every point that the client may read.
   *
   * @param center stays the caller's
   * @param clock tells the day
   * @param gave hears of each number, on the client's thread
   */
  public static NumberDesk open(
      Center center, Settings settings, Clock clock, Consumer<Given> gave) {
    return new NumberDesk(center, settings, clock, gave);
  }

  /** Calls the next number of a point; empty if nobody waits. */
  public synchronized Optional<String> callNext(String point) {
    Row row = row(point);
    if (row.called == row.given) {
      return Optional.empty();
    }
    row.called++;
    return Optional.of(text(row.called));
  }

  /**
   * Gives a number for a card that was placed. The event's id is that of the print, so that an
   * event that comes again, also after this center began anew, prints nothing twice.
   */
  @Override
  public void event(String point, String device, DeviceEvent event) {
    if (!event.event().equals(PLACED) || !device.equals(settings.reader())) {
      return;
    }
    Given number;
    synchronized (this) {
      if (gaveFor.containsKey(event.id())) {
        return;
      }
      Row row = row(point);
      int waiting = row.given - row.called;
      row.given++;
      String text = text(row.given);
      number = new Given(point, text, waiting, print(point, text, waiting, event));
      gaveFor.put(event.id(), number);
    }
    gave.accept(number);
  }

  private CompletionStage<Printed> print(
      String point, String text, int waiting, DeviceEvent event) {
    CallOptions once = CallOptions.of(PRINTING).withExpiry(PRINTING).withId("number-" + event.id());
    return center
        .point(point)
        .call(settings.printer(), ticket(text, waiting), once)
        .whenComplete(
            (printed, e) -> {
              if (e != null) {
                LOG.warn("{}: number {} was not printed: {}", point, text, e.getMessage());
              }
            });
  }

  private PrintTicket ticket(String text, int waiting) {
    Words words = Words.of(NumberDesk.class, settings.locale());
    String time = LocalDateTime.now(clock).truncatedTo(ChronoUnit.MINUTES).toString();
    return new PrintTicket(
        List.of(
            TicketLine.text(words.text("number.title"), TicketLine.Align.CENTER, 2),
            TicketLine.text(text, TicketLine.Align.CENTER, 4),
            TicketLine.text(words.text("number.waiting", waiting), TicketLine.Align.CENTER, 1),
            TicketLine.text(time.replace('T', ' '), TicketLine.Align.CENTER, 1),
            TicketLine.qr(text),
            TicketLine.text(words.text("number.keep"), TicketLine.Align.CENTER, 1)),
        PrintTicket.Cut.PARTIAL);
  }

  private Row row(String point) {
    LocalDate today = LocalDate.now(clock);
    return rows.compute(
        point, (id, row) -> row == null || !row.day.equals(today) ? new Row(today) : row);
  }

  private String text(int number) {
    return settings.prefix() + String.format(Locale.ROOT, "%03d", number);
  }

  /** Gives no more numbers; the center's client stays open. */
  @Override
  public void close() {
    watch.close();
  }
}
