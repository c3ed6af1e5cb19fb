package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An open reader. */
final class SamDevice implements Device {

  /** How late a handler that waits may see that nobody wants the card any more. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final SamChannel channel;
  private final CardSlot slot;
  private final SamOptions options;
  private final Optional<CardWatch> watch;
  private final Optional<PhotoDecoder> decoder;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(ReadIdCard.TYPE, Effect.SAFE, this::read));

  SamDevice(SamChannel channel, SamOptions options, DeviceContext context) {
    this.channel = channel;
    this.slot = new CardSlot(channel);
    this.options = options;
    this.watch =
        options.watch() ? Optional.of(new CardWatch(context.events(), slot)) : Optional.empty();
    this.decoder =
        options.photoDecoder().map(program -> new PhotoDecoder(program, context.transports()));
    this.locale = context.locale();
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    slot.settle(deadline);
    SamFrame status = channel.call(SamCommand.STATUS, deadline);
    if (status.sw3() != SamFrame.OK) { // 60 self-test failed, 66 not authorised
      Cause cause =
          new Cause(
              OpenEnum.of(ErrorCode.DEVICE_FAULT),
              OpenEnum.of(Layer.DEVICE),
              "SAM %02X: %s".formatted(status.sw3(), ErrorCode.DEVICE_FAULT.recovery(locale)));
      return new DeviceHealth(Optional.empty(), Optional.empty(), Optional.of(cause), List.of());
    }
    Optional<String> id = samId(channel.call(SamCommand.SAM_ID, deadline));
    options.demand(id);
    return new DeviceHealth(Optional.empty(), id, Optional.empty(), List.of());
  }

  /** Forgets the last reading once its card is gone; a watching reader looks for new cards. */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    if (watch.isPresent()) {
      slot.watch(deadline);
      watch.get().look();
    } else {
      slot.pass(deadline);
    }
  }

  @Override
  public void close() {
    slot.forget();
  }

  private IdCard read(ReadIdCard parameters, Call call) throws DeviceException {
    try {
      CardReading reading = awaitCard(parameters, call);
      Optional<String> address =
          parameters.newestAddress() ? slot.newestAddress(call.deadline()) : Optional.empty();
      return reading.given(photo(reading, call), parameters.fingerprints(), address);
    } finally {
      watch.ifPresent(CardWatch::look);
    }
  }

  private CardReading awaitCard(ReadIdCard parameters, Call call) throws DeviceException {
    boolean withFingerprints = parameters.fingerprints();
    // Half of it: short calls wait for a card, too
    Duration half = Duration.ofNanos(call.deadline().remaining().toNanos() / 2);
    Duration whole = wholeReading(parameters);
    Duration reserve = half.compareTo(whole) < 0 ? half : whole;
    Deadline patience = call.deadline().atMost(parameters.patience());
    Optional<CardReading> card = slot.take(withFingerprints, call.deadline());
    if (card.isEmpty()) {
      call.progress(Words.of(SamIdCardDriver.class, locale).text(slot.advice()));
    }
    while (card.isEmpty()) {
      awaitNextLook(patience, reserve, call);
      card = slot.take(withFingerprints, call.deadline());
    }
    return card.get();
  }

  /** Find, select and read: begun with less, a card may be used up and its reading lost. */
  private static Duration wholeReading(ReadIdCard parameters) {
    SamCommand read = parameters.fingerprints() ? SamCommand.READ_ALL : SamCommand.READ;
    Duration base = SamCommand.FIND.time().plus(SamCommand.SELECT.time()).plus(read.time());
    return parameters.newestAddress() ? base.plus(SamCommand.ADDRESS.time()) : base;
  }

  private Optional<Content> photo(CardReading reading, Call call) throws DeviceException {
    Optional<Content> photo = reading.card().photo();
    return photo.isPresent() && decoder.isPresent()
        ? Optional.of(decoder.get().decode(photo.get(), call))
        : photo;
  }

  private void awaitNextLook(Deadline patience, Duration reserve, Call call)
      throws DeviceException {
    Deadline next = patience.atMost(CardSlot.POLL);
    while (!call.cancelled() && !next.expired()) {
      channel.pause(next.atMost(LOOK).remaining());
    }
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped while no card was there");
    }
    boolean tooLate = call.deadline().remaining().compareTo(reserve) < 0;
    if (patience.expired() || tooLate) {
      throw new DeviceException(ErrorCode.NO_CARD, slot.whyNone());
    }
  }

  /** Printed as on the reader's label: four unsigned little-endian numbers. */
  private static Optional<String> samId(SamFrame answer) {
    if (answer.sw3() != SamFrame.OK) {
      return Optional.empty();
    }
    ByteBuffer id = ByteBuffer.wrap(answer.data()).order(ByteOrder.LITTLE_ENDIAN);
    return Optional.of(
        "%02d.%02d-%08d-%010d-%010d"
            .formatted(
                id.getShort() & 0xFFFF,
                id.getShort() & 0xFFFF,
                Integer.toUnsignedLong(id.getInt()),
                Integer.toUnsignedLong(id.getInt()),
                Integer.toUnsignedLong(id.getInt())));
  }
}
