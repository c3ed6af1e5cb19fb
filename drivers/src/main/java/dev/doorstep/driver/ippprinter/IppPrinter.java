package dev.doorstep.driver.ippprinter;

import com.hp.jipp.model.Operation;
import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.paper.PlainText;
import dev.doorstep.driver.paper.PreparedDocument;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.PrintDocument;
import dev.doorstep.protocol.operation.Printed;
import java.util.List;
import java.util.Locale;

/** A printer; a connection is made for each question. */
final class IppPrinter implements Device {
  private final IppClient client;
  private final IppRequests requests;
  private final Transports transports;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(PrintDocument.TYPE, Effect.PHYSICAL, this::print));

  IppPrinter(IppClient client, Transports transports, Locale locale) {
    this.client = client;
    this.requests = new IppRequests(client.address());
    this.transports = transports;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    PrinterDescription printer =
        new PrinterDescription(
            client
                .ask(requests.describe(PrinterDescription.names()), deadline, () -> false)
                .demandDone("asking how it is")
                .printer());
    if (printer.attributes().number("printer-state").isEmpty()) {
      throw new DeviceException(ErrorCode.GARBLED, "a printer without a state");
    }
    return printer.health(locale);
  }

  /** Nothing: between jobs there is no line to look after; probes tell of paper and toner. */
  @Override
  public void idle(Deadline deadline) {}

  /** Nothing: no line stays open. */
  @Override
  public void close() {}

  private Printed print(PrintDocument wanted, Call call) throws DeviceException {
    Waiting waiting = new Waiting(call, Words.of(IppPrinter.class, locale), locale);
    PrinterDescription printer = describe(PrinterDescription.names(), call);
    JobTicket ticket = JobTicket.of(wanted, printer, PlainText.isAscii(wanted.content()));
    try (PreparedDocument document =
        PreparedDocument.prepare(wanted.content(), ticket.layout(), transports, call)) {
      awaitReady(printer, waiting, call);
      if (printer.offers(Operation.validateJob)) {
        client
            .ask(
                requests.validate(ticket.format(), ticket.attributes()),
                call.deadline(),
                call::cancelled)
            .demandDone("before printing");
      }
      PrintJob job = new PrintJob(client, requests, printer, waiting, call);
      Printed.State state = job.print(ticket, document);
      return new Printed(OpenEnum.of(state), document.pages());
    }
  }

  /** Waits for whoever puts in paper, if the printer prints nothing before; nothing is sent yet. */
  private void awaitReady(PrinterDescription first, Waiting waiting, Call call)
      throws DeviceException {
    PrinterDescription printer = first;
    while (printer.stopped() && printer.obstacle(true).isPresent()) {
      Obstacle obstacle = printer.obstacle(true).get();
      waiting.tell(obstacle);
      if (waiting.isOver()) {
        throw new DeviceException(
            obstacle.code(), "before printing, the printer says: " + obstacle.reason());
      }
      waiting.pause();
      demandWanted(call);
      printer = describe(PrinterDescription.STATE, call);
    }
    demandWanted(call);
  }

  private PrinterDescription describe(List<String> names, Call call) throws DeviceException {
    demandWanted(call);
    return new PrinterDescription(
        client
            .ask(requests.describe(names), call.deadline(), call::cancelled)
            .demandDone("asking how it is")
            .printer());
  }

  private static void demandWanted(Call call) throws DeviceException {
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped before the printer had the document");
    }
  }
}
