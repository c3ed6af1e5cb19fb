package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.ReadSocialCard;
import dev.doorstep.protocol.operation.SocialCard;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** An open reader. */
final class SocialCardReader implements Device {
  /** How often a reader is asked for a card. */
  private static final Duration POLL = Duration.ofMillis(250);

  /** How late a wait may see that nobody wants the card any more. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final PcscSession session;
  private final CardSlots slots;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(ReadSocialCard.TYPE, Effect.SAFE, this::read));

  SocialCardReader(PcscSession session, CardSlots slots, Locale locale) {
    this.session = session;
    this.slots = slots;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    slots.demandReader(deadline);
    return DeviceHealth.GOOD;
  }

  /** Nothing: the probes tell whether the reader is there. */
  @Override
  public void idle(Deadline deadline) {}

  @Override
  public void close() {
    session.close();
  }

  private SocialCard read(ReadSocialCard parameters, Call call) throws DeviceException {
    Deadline patience = call.deadline().atMost(parameters.patience());
    Optional<CardSlots.HeldCard> card = slots.card(call.deadline());
    if (card.isEmpty()) {
      call.progress(Words.of(PcscSocialCardDriver.class, locale).text("wait"));
    }
    while (card.isEmpty()) {
      awaitNextLook(patience, call);
      card = slots.card(call.deadline());
    }
    CardSlots.HeldCard held = card.get();
    SocialCard read;
    try {
      read = CardValues.of(new CardFiles(held).read());
    } catch (DeviceException e) {
      release(held, e);
      throw e;
    }
    held.release();
    return read;
  }

  private static void release(CardSlots.HeldCard held, DeviceException why) {
    try {
      held.release();
    } catch (DeviceException e) {
      why.addSuppressed(e);
    }
  }

  private void awaitNextLook(Deadline patience, Call call) throws DeviceException {
    Deadline next = patience.atMost(POLL);
    while (!call.cancelled() && !next.expired()) {
      LockSupport.parkNanos(this, next.atMost(LOOK).remaining().toNanos());
      session.demandOpen();
    }
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped while no card was there");
    }
    if (patience.expired()) {
      throw new DeviceException(ErrorCode.NO_CARD, "no card was put into the reader");
    }
  }
}
