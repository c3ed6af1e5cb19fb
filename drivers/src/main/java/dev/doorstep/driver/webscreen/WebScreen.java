package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page as a device. */
final class WebScreen implements Device {
  private static final Logger log = LoggerFactory.getLogger(WebScreen.class);

  /** How soon a cancelled question disappears. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String id;
  private final Screen screen;
  private final Locale locale;
  private final Operations operations =
      Operations.of(Operations.entry(AskEvaluation.TYPE, Effect.PHYSICAL, this::ask));

  WebScreen(String id, Screen screen, Locale locale) {
    this.id = id;
    this.screen = screen;
    this.locale = locale;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    idle(deadline);
    if (screen.shown()) {
      return DeviceHealth.GOOD;
    }
    Cause closed =
        new Cause(
            OpenEnum.of(ErrorCode.SCREEN_NOT_OPEN),
            OpenEnum.of(Layer.DEVICE),
            ErrorCode.SCREEN_NOT_OPEN.recovery(locale));
    return new DeviceHealth(Optional.empty(), Optional.empty(), Optional.of(closed), List.of());
  }

  /** Passes over what the page sends unasked: an answer after its time-out, a second press. */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    int ignored = 0;
    while (screen.receive(Deadline.after(Duration.ZERO)).isPresent() && !deadline.expired()) {
      ignored++;
    }
    tell(ignored);
  }

  @Override
  public void close() {
    screen.close();
  }

  private Evaluation ask(AskEvaluation question, Call call) throws DeviceException {
    if (!screen.shown()) {
      throw new DeviceException(ErrorCode.SCREEN_NOT_OPEN, "no browser shows the page");
    }
    EvaluationTask task = EvaluationTask.of(question);
    call.acting();
    screen.show(task.json());
    try {
      call.progress(Words.of(WebScreen.class, locale).text("WAITING"));
      return await(task.id(), call, call.deadline().atMost(question.patience()));
    } finally {
      screen.show(IdleTask.JSON);
    }
  }

  /** A cancelled question gives no evaluation, not even that of somebody who did not answer. */
  private Evaluation await(String task, Call call, Deadline deadline) throws DeviceException {
    int ignored = 0;
    try {
      while (!deadline.expired() && !call.cancelled()) {
        Optional<String> message = screen.receive(deadline.atMost(LOOK));
        Optional<Evaluation> answer = message.flatMap(text -> PageAnswer.read(text, task));
        if (answer.isPresent()) {
          return answer.get();
        }
        ignored += message.isPresent() ? 1 : 0;
      }
      if (call.cancelled()) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped while the resident was asked");
      }
      return Evaluation.none(Evaluation.Answer.TIMED_OUT);
    } finally {
      tell(ignored);
    }
  }

  private void tell(int ignored) {
    if (ignored > 0) {
      log.warn("{}: ignored {} messages of the page that answer no open question", id, ignored);
    }
  }
}
