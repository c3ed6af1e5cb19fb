package dev.doorstep.driver.systemprinter;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.SparingLooks;
import dev.doorstep.driver.paper.Form;
import dev.doorstep.driver.paper.Layout;
import dev.doorstep.driver.paper.MediaSize;
import dev.doorstep.driver.paper.PlainText;
import dev.doorstep.driver.paper.PreparedDocument;
import dev.doorstep.driver.paper.SheetBack;
import dev.doorstep.driver.paper.Worker;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.Printed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A queue of the operating system. */
final class SystemPrinter implements Device {
  private static final Worker.Program SPOOLER =
      new Worker.Program(
          Spooler.class,
          "the print queue",
          "the system did not say in time that it has the document; see to its print service");

  private static final MediaSize A4 = new MediaSize(210_000, 297_000);

  private final String queue;
  private final Transports transports;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(PrintDocument.TYPE, Effect.PHYSICAL, this::print));
  private final SparingLooks looks = new SparingLooks();

  SystemPrinter(String queue, Transports transports, Locale locale) {
    this.queue = queue;
    this.transports = transports;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** Looks for the queue, once a minute; in between it tells what was found. */
  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    return looks.look(() -> look(deadline));
  }

  private DeviceHealth look(Deadline deadline) throws DeviceException {
    try (Worker worker =
        Worker.start(SPOOLER, List.of("look", queue), transports, deadline, () -> false)) {
      Optional<Cause> cause = worker.word() == 0 ? Optional.empty() : Optional.of(fault());
      return new DeviceHealth(Optional.empty(), Optional.empty(), cause, List.of());
    }
  }

  /** Nothing: a queue tells nothing by itself. */
  @Override
  public void idle(Deadline deadline) {}

  /** Nothing: no process stays. */
  @Override
  public void close() {}

  private Printed print(PrintDocument wanted, Call call) throws DeviceException {
    looks.renew(); // what the queue says now is news
    try (PreparedDocument document =
            PreparedDocument.prepare(wanted.content(), layout(wanted), transports, call);
        Worker worker =
            Worker.start(SPOOLER, words(wanted), transports, call.deadline(), call::cancelled)) {
      worker.word(); // it would do all that is asked
      call.acting();
      worker.feed(document);
      return new Printed(OpenEnum.of(spooled(worker)), document.pages());
    }
  }

  /** From here on the system may have the document: whoever stops waiting does not know. */
  private static Printed.State spooled(Worker worker) throws DeviceException {
    try {
      return worker.word() == 0 ? Printed.State.SPOOLED : Printed.State.UNVERIFIABLE;
    } catch (DeviceException e) {
      throw e.code() == ErrorCode.STOPPING ? e.butInDoubt() : e;
    }
  }

  private List<String> words(PrintDocument wanted) {
    return List.of(
        "print",
        queue,
        Integer.toString(wanted.copiesOrOne()),
        wanted.duplex().name(),
        wanted.media().orElse("-"),
        wanted.color().map(Enum::name).orElse("-"));
  }

  /** What javax.print cannot say of pages, and no queue knows of characters, is done before. */
  private static Layout layout(PrintDocument wanted) throws DeviceException {
    boolean text = wanted.content().contentType().toLowerCase(Locale.ROOT).startsWith("text/plain");
    boolean made = wanted.pages().isPresent() || (text && !PlainText.isAscii(wanted.content()));
    return new Layout(
        made ? Form.PDF : Form.AS_IS,
        wanted.pageRanges(),
        1,
        wanted.duplex(),
        wanted.media().flatMap(MediaSize::of).orElse(A4),
        Layout.FINEST,
        false,
        SheetBack.NORMAL);
  }

  private Cause fault() {
    return new Cause(
        OpenEnum.of(ErrorCode.DEVICE_FAULT),
        OpenEnum.of(Layer.DEVICE),
        ErrorCode.DEVICE_FAULT.recovery(locale));
  }
}
