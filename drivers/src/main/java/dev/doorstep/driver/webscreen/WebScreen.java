package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.PointTime;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.ClearScreen;
import dev.doorstep.protocol.operation.Cleared;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.Confirmation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.Shown;
import dev.doorstep.protocol.operation.SignOnScreen;
import dev.doorstep.protocol.operation.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page as a device. */
final class WebScreen implements Device {
  /** How long a browser may take to fetch the pictures and show them. */
  private static final Duration SHOWING = Duration.ofSeconds(15);

  private final Screen screen;
  private final Transports transports;
  private final Locale locale;
  private final Dialog dialog;
  private Optional<Standing> standing = Optional.empty();
  private final Operations operations =
      Operations.of(
          Operations.entry(AskEvaluation.TYPE, Effect.PHYSICAL, this::evaluate),
          Operations.entry(ShowOnScreen.TYPE, Effect.PHYSICAL, this::show),
          Operations.entry(ConfirmOnScreen.TYPE, Effect.PHYSICAL, this::confirm),
          Operations.entry(SignOnScreen.TYPE, Effect.PHYSICAL, this::sign),
          Operations.entry(ClearScreen.TYPE, Effect.PHYSICAL, this::clear));

  /**
   * What {@code screen.show} left on the screen.
   *
   * @param until when it goes
   */
  private record Standing(String task, Deadline until) {}

  WebScreen(DeviceContext context) throws DeviceException {
    this.transports = context.transports();
    this.screen = transports.screen(context.settings().connection());
    this.locale = context.locale();
    this.dialog = new Dialog(context.settings().id(), screen);
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

  /** Takes away what has stood there long enough. */
  @Override
  public void idle(Deadline deadline) throws DeviceException {
    dialog.passOver(standing.map(Standing::task), deadline);
    if (standing.isPresent() && standing.get().until().expired()) {
      rest();
    }
  }

  @Override
  public void close() {
    screen.close();
  }

  private Evaluation evaluate(AskEvaluation question, Call call) throws DeviceException {
    EvaluationTask task = EvaluationTask.of(question);
    Instant asked = begin(call);
    try {
      call.progress(Words.of(WebScreen.class, locale).text("EVALUATING"));
      return dialog
          .ask(
              task.view(),
              task.id(),
              question.patience(),
              call,
              message -> EvaluationAnswer.read(message, task))
          .orElseGet(() -> Evaluation.none(Evaluation.Answer.TIMED_OUT))
          .at(asked, PointTime.now(), Evaluation.Channel.COUNTER_PAD);
    } finally {
      rest();
    }
  }

  /** What is shown stays there; what no page said that it shows does not. */
  private Shown show(ShowOnScreen wanted, Call call) throws DeviceException {
    ShownDocument document = ShownDocument.of(wanted.content(), wanted.pages(), transports, call);
    ScreenTask task = ScreenTask.of(wanted, document);
    begin(call);
    Optional<Press.Word> shown = Optional.empty();
    try {
      shown =
          dialog.ask(
              task.view(document),
              task.id(),
              SHOWING,
              call,
              message -> Press.read(message, task.id()).filter(word -> word == Press.Word.SHOWN));
    } finally {
      if (shown.isEmpty()) {
        rest();
      }
    }
    if (shown.isEmpty()) {
      throw new DeviceException(ErrorCode.TIMEOUT, "no browser said that it shows it");
    }
    standing = Optional.of(new Standing(task.id(), Deadline.after(wanted.stay())));
    int pages = document.pages().size();
    return new Shown(pages == 0 ? Optional.empty() : Optional.of(pages), document.digest());
  }

  private Confirmation confirm(ConfirmOnScreen wanted, Call call) throws DeviceException {
    ShownDocument document = ShownDocument.of(wanted.content(), Optional.empty(), transports, call);
    ScreenTask task = ScreenTask.of(wanted, document);
    Instant asked = begin(call);
    try {
      call.progress(Words.of(WebScreen.class, locale).text("CONFIRMING"));
      Confirmation.Answer answer =
          dialog
              .ask(
                  task.view(document),
                  task.id(),
                  wanted.patience(),
                  call,
                  message -> Press.read(message, task.id()).flatMap(WebScreen::confirmation))
              .orElse(Confirmation.Answer.TIMED_OUT);
      return new Confirmation(
          OpenEnum.of(answer),
          document.digest(),
          asked,
          answer == Confirmation.Answer.TIMED_OUT
              ? Optional.empty()
              : Optional.of(PointTime.now()));
    } finally {
      rest();
    }
  }

  private static Optional<Confirmation.Answer> confirmation(Press.Word word) {
    return switch (word) {
      case YES -> Optional.of(Confirmation.Answer.YES);
      case NO -> Optional.of(Confirmation.Answer.NO);
      case SHOWN, TOUCHED, DECLINED -> Optional.empty();
    };
  }

  private Signature sign(SignOnScreen wanted, Call call) throws DeviceException {
    ShownDocument document =
        ShownDocument.of(Optional.of(wanted.content()), Optional.empty(), transports, call);
    ScreenTask task = ScreenTask.of(wanted, document);
    Instant asked = begin(call);
    try {
      call.progress(Words.of(WebScreen.class, locale).text("SIGNING"));
      Optional<SignatureAnswer.Given> given =
          dialog.ask(
              task.view(document),
              task.id(),
              wanted.patience(),
              call,
              message -> SignatureAnswer.read(message, task.id()));
      String digest = document.digest().orElseThrow();
      Optional<Ink> ink = given.flatMap(SignatureAnswer.Given::ink);
      Signature.Answer without =
          given.isPresent() ? Signature.Answer.DECLINED : Signature.Answer.TIMED_OUT;
      return new Signature(
          OpenEnum.of(ink.isPresent() ? Signature.Answer.SIGNED : without),
          digest,
          ink.map(strokes -> strokes.svg(digest)),
          ink.map(Ink::png),
          asked,
          given.map(any -> PointTime.now()));
    } finally {
      rest();
    }
  }

  private Cleared clear(ClearScreen nothing, Call call) throws DeviceException {
    call.acting();
    boolean cleared = standing.isPresent();
    rest();
    return new Cleared(cleared);
  }

  /** When it is shown, to a resident who has a page before them. */
  private Instant begin(Call call) throws DeviceException {
    if (!screen.shown()) {
      throw new DeviceException(ErrorCode.SCREEN_NOT_OPEN, "no browser shows the page");
    }
    call.acting();
    standing = Optional.empty();
    return PointTime.now();
  }

  private void rest() {
    standing = Optional.empty();
    screen.show(ScreenView.REST);
  }
}
