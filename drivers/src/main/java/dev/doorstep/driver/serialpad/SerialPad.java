package dev.doorstep.driver.serialpad;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.PointTime;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open pad. */
final class SerialPad implements Device {
  private static final Logger LOG = LoggerFactory.getLogger(SerialPad.class);

  /** How late a wait may see that nobody wants the answer any more. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Who presses twice does it within this; the second time is no answer to what comes next. */
  private static final Duration TWICE = Duration.ofMillis(500);

  /** What the lamps, and a last look, may take of a command's time; of a short one a quarter. */
  private static final Duration ENDING = Duration.ofMillis(500);

  /** How long a look at what is there may take. */
  private static final Duration GLANCE = Duration.ofMillis(5);

  private static final int QUARTERS = 4;

  private final PadLine line;
  private final PadModel model;
  private final Locale locale;
  private Deadline deaf = Deadline.after(Duration.ZERO);
  private boolean lit;
  private final Operations operations =
      Operations.of(Operations.entry(AskEvaluation.TYPE, Effect.PHYSICAL, this::ask));

  SerialPad(PadLine line, PadModel model, Locale locale) {
    this.line = line;
    this.model = model;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** Asks a pad that can be asked; of another only the line can be seen. */
  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    line.settle(deaf, deadline);
    lit = true; // it may not have heard that they are to go out, or lights them by itself
    putOut(deadline);
    return DeviceHealth.GOOD;
  }

  /** Throws away what was pressed with nothing asked. */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    line.discard();
    putOut(deadline);
  }

  /** Nothing to let go of but the line, which is the lane's. */
  @Override
  public void close() {}

  /** Asks for the level, whatever else is wanted: a pad shows no text and takes none. */
  private Evaluation ask(AskEvaluation question, Call call) throws DeviceException {
    line.settle(deaf, call.deadline());
    call.acting();
    line.discard(); // what was pressed while the command was written down, with the lamps still out
    Instant asked = PointTime.now();
    try {
      lit = true;
      line.lamps(true, call.deadline());
      call.progress(Words.of(SerialPadDriver.class, locale).text("wait"));
      return await(question.patience(), call)
          .at(asked, PointTime.now(), Evaluation.Channel.COUNTER_PAD);
    } finally {
      end(call);
    }
  }

  private Evaluation await(Duration patience, Call call) throws DeviceException {
    Duration left = call.deadline().remaining();
    Duration ending = left.dividedBy(QUARTERS);
    ending = ending.compareTo(ENDING) < 0 ? ending : ENDING;
    Deadline wait = Deadline.after(left.minus(ending)).atMost(patience);
    int nothing = 0;
    boolean over = false;
    while (true) {
      Optional<Integer> key = line.key(over ? call.deadline().atMost(GLANCE) : wait.atMost(LOOK));
      Optional<Evaluation> answer = key.flatMap(it -> Optional.ofNullable(model.keys().get(it)));
      if (answer.isPresent()) {
        deaf = Deadline.after(TWICE);
        return answer.get();
      }
      if (call.cancelled()) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped while the resident was asked");
      }
      if (key.isPresent()) {
        nothing++;
      } else if (over) {
        return nobody(nothing);
      } else if (wait.expired()) {
        // Only a pad that is there can say that nobody pressed a key; one may come with its reply.
        line.demandThere(call.deadline());
        over = true;
      }
    }
  }

  private Evaluation nobody(int nothing) throws DeviceException {
    if (nothing > 0) {
      LOG.info("passed over {} keys that mean nothing", nothing);
    }
    if (line.garbled()) {
      throw new DeviceException(
          ErrorCode.GARBLED, "what came was no key; check the model and the line's speed");
    }
    return Evaluation.none(Evaluation.Answer.TIMED_OUT);
  }

  /** Puts the lamps out. An answer stands even if they stay lit: the next pass tries again. */
  private void end(Call call) {
    try {
      putOut(call.deadline());
    } catch (DeviceException e) {
      LOG.warn("the lamps may still be lit: {}", e.getMessage());
    }
  }

  private void putOut(Deadline deadline) throws DeviceException {
    if (lit) {
      line.lamps(false, deadline);
      lit = false;
    }
  }
}
