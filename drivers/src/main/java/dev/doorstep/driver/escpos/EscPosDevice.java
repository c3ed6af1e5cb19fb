package dev.doorstep.driver.escpos;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.DeviceStatus.Supply;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open printer. */
final class EscPosDevice implements Device {
  private static final Logger LOG = LoggerFactory.getLogger(EscPosDevice.class);

  /** How long a ticket that was stopped may take to be cut off. */
  private static final Duration CUTTING_OFF = Duration.ofSeconds(1);

  private final EscPosChannel channel;
  private final PrinterModel model;
  private final EventSink events;
  private final Locale locale;
  private Supply.Level paper = Supply.Level.OK;
  private boolean lowUntold;
  private final Operations operations =
      Operations.of(Operations.entry(PrintTicket.TYPE, Effect.PHYSICAL, this::print));

  EscPosDevice(EscPosChannel channel, PrinterModel model, EventSink events, Locale locale) {
    this.channel = channel;
    this.model = model;
    this.events = events;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    if (model.signs().isEmpty()) {
      channel.demandOpen();
      return DeviceHealth.GOOD;
    }
    PrinterStatus status = channel.status(deadline);
    note(status);
    return new DeviceHealth(
        Optional.empty(),
        Optional.empty(),
        status.obstacle().map(this::cause),
        List.of(status.paper()));
  }

  /**
   * Has the lane open the line anew if it was given up, and tells once that the paper nears its
   * end; the probes find that, as they find paper and cover.
   */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    channel.demandKept();
    if (lowUntold) {
      lowUntold = false;
      events.publish(
          "paper.low", Subject.DEVICE, new Supply("paper", OpenEnum.of(Supply.Level.LOW)));
    }
  }

  /** Nothing to let go of but the line, which is the lane's. */
  @Override
  public void close() {}

  private void note(PrinterStatus status) {
    Supply.Level now = status.level();
    lowUntold = now == Supply.Level.LOW && (lowUntold || paper == Supply.Level.OK);
    paper = now;
  }

  private Printed print(PrintTicket ticket, Call call) throws DeviceException {
    byte[] job = TicketBytes.of(ticket, model, call);
    channel.demandKept();
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped before the printer was asked");
    }
    channel.stopWhen(call::cancelled);
    try {
      if (!model.signs().isEmpty()) {
        makeReady(call);
      }
      call.acting();
      send(job, ticket.cut(), call);
    } finally {
      channel.stopWhen(() -> false);
    }
    return Printed.of(model.signs().isEmpty() ? Printed.State.UNVERIFIABLE : Printed.State.PRINTED);
  }

  private void makeReady(Call call) throws DeviceException {
    try {
      PrinterStatus before = channel.status(call.deadline());
      note(before);
      before.demandReady("before printing");
      channel.settle(call.deadline());
    } catch (DeviceException e) {
      if (e.code().kind() == ErrorCode.Kind.LINK || e.code() == ErrorCode.STOPPING) {
        channel.giveUp(); // a late answer would be taken for one to the next question
      }
      throw e;
    }
  }

  private void send(byte[] job, PrintTicket.Cut cut, Call call) throws DeviceException {
    boolean sent = false;
    try {
      channel.send(job, call.deadline());
      sent = true;
      if (!model.signs().isEmpty()) {
        channel.awaitPrinted(call.deadline());
      }
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.STOPPING) {
        throw stopped(e, sent || e.inDoubt(), cut, call);
      }
      // Once the cause is gone the rest comes out by itself, unless the printer has forgotten it.
      boolean certain =
          e.code().kind() == ErrorCode.Kind.DEVICE
              && !e.inDoubt()
              && channel.cleared(call.deadline());
      channel.giveUp();
      throw certain || e.inDoubt() ? e : e.butInDoubt();
    }
  }

  /**
   * Nobody wants the ticket any more. The printer forgets what is not printed yet, and what came
   * out is cut off, so that the next ticket has paper of its own. How much that was nobody can
   * tell.
   */
  private DeviceException stopped(
      DeviceException e, boolean begun, PrintTicket.Cut cut, Call call) {
    channel.stopWhen(() -> false);
    if (!begun) {
      return e;
    }
    try {
      if (!channel.cleared(call.deadline())) {
        channel.giveUp();
        return e.butInDoubt();
      }
      Deadline soon = call.deadline().atMost(CUTTING_OFF);
      channel.send(TicketBytes.end(cut), soon);
      channel.awaitPrinted(soon);
    } catch (DeviceException later) {
      LOG.debug("the stopped ticket was not cut off: {}", later.getMessage());
      channel.giveUp();
    }
    return e.butInDoubt();
  }

  private Cause cause(ErrorCode code) {
    Layer layer = code == ErrorCode.OUT_OF_PAPER ? Layer.SUPPLY : Layer.DEVICE;
    return new Cause(OpenEnum.of(code), OpenEnum.of(layer), code.recovery(locale));
  }
}
