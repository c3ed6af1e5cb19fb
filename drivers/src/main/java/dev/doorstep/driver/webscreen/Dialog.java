package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task on the page, from when it is shown to the first message that answers it. */
final class Dialog {
  private static final Logger log = LoggerFactory.getLogger(Dialog.class);

  /** How soon a cancelled task disappears. */
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Whoever is at it has so long after each touch, though the time for an answer may be over. */
  private static final Duration AFTER_A_TOUCH = Duration.ofSeconds(60);

  /** So long before the end the resident is told of it (WCAG 2.2, 2.2.1 asks for as much). */
  private static final Duration NOTICE = Duration.ofSeconds(20);

  private final String device;
  private final Screen screen;

  /**
   * The notice, as it goes to the page.
   *
   * @param task {@code ending}
   * @param id the task's
   * @param more whether a touch gives more time
   */
  private record Ending(String task, String id, boolean more) {}

  Dialog(String device, Screen screen) {
    this.device = device;
    this.screen = screen;
  }

  /**
   * Shows a task and waits for its answer; the task stays on the screen.
   *
   * @param task the task's id
   * @param patience how long to wait, and a while more after each touch
   * @param reading the answer that a message is; empty if it is none
   * @return the first answer, or empty if none came in time
   * @throws DeviceException {@code STOPPING} if the command was cancelled: a cancelled task gives
   *     no result, not even that of somebody who did not answer
   */
  <R> Optional<R> ask(
      ScreenView view,
      String task,
      Duration patience,
      Call call,
      Function<String, Optional<R>> reading)
      throws DeviceException {
    screen.show(view);
    Deadline end = call.deadline().atMost(patience);
    boolean told = isNear(end); // there is no time for a notice
    int ignored = 0;
    try {
      while (!end.expired() && !call.cancelled()) {
        if (!told && isNear(end)) {
          boolean more = !isNear(call.deadline().atMost(AFTER_A_TOUCH));
          screen.tell(Codec.text(new Ending("ending", task, more)));
          told = true;
        }
        Optional<String> message = screen.receive(end.atMost(LOOK));
        if (message.isEmpty()) {
          continue;
        }
        Optional<R> answer = reading.apply(message.get());
        if (answer.isPresent()) {
          return answer;
        }
        Optional<Press.Word> word = Press.read(message.get(), task);
        if (word.equals(Optional.of(Press.Word.TOUCHED))) {
          end = later(end, call.deadline().atMost(AFTER_A_TOUCH));
          told = told && isNear(end);
        } else if (!word.equals(Optional.of(Press.Word.SHOWN))) {
          ignored++;
        }
      }
      if (call.cancelled()) {
        throw new DeviceException(ErrorCode.STOPPING, "stopped while the resident was asked");
      }
      return Optional.empty();
    } finally {
      tell(ignored);
    }
  }

  /**
   * Passes over what comes unasked: an answer after its time-out, a second press.
   *
   * @param task the id of what still stands there, whose page may say so again; empty for nothing
   */
  void passOver(Optional<String> task, Deadline deadline) throws DeviceException {
    int ignored = 0;
    Optional<String> message = screen.receive(Deadline.after(Duration.ZERO));
    while (message.isPresent() && !deadline.expired()) {
      String text = message.get();
      boolean expected = task.flatMap(id -> Press.read(text, id)).isPresent();
      ignored += expected ? 0 : 1;
      message = screen.receive(Deadline.after(Duration.ZERO));
    }
    tell(ignored);
  }

  private static boolean isNear(Deadline end) {
    return end.remainingMillis() <= NOTICE.toMillis();
  }

  private static Deadline later(Deadline one, Deadline other) {
    return one.remainingMillis() < other.remainingMillis() ? other : one;
  }

  private void tell(int ignored) {
    if (ignored > 0) {
      log.warn("{}: ignored {} messages of the page that answer no open question", device, ignored);
    }
  }
}
