package dev.doorstep.driver.ippprinter;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.protocol.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** The wait of one command: what is told of it, how often to look, and when it is over. */
final class Waiting {
  private static final Duration SHORT_LOOK = Duration.ofMillis(200);
  private static final Duration LONG_LOOK = Duration.ofSeconds(1);
  private static final int SHORT_LOOKS = 20;
  private static final Duration CANCEL_LOOK = Duration.ofMillis(50);

  /** The most that is kept of a command's time to cancel its job and hear of it. */
  private static final Duration MOST_KEPT = Duration.ofSeconds(3);

  private final Call call;
  private final Words words;
  private final Locale locale;
  private final Duration kept;
  private String told = "";
  private int looks;

  Waiting(Call call, Words words, Locale locale) {
    this.call = call;
    this.words = words;
    this.locale = locale;
    Duration part = call.deadline().remaining().dividedBy(5);
    this.kept = part.compareTo(MOST_KEPT) < 0 ? part : MOST_KEPT;
  }

  /** Whether it is time to end the job: just enough is left to cancel it. */
  boolean isOver() {
    return call.deadline().remaining().compareTo(kept) <= 0;
  }

  /** Until when that is not so. */
  Deadline until() {
    Duration time = call.deadline().remaining().minus(kept);
    return Deadline.after(time.isNegative() ? Duration.ZERO : time);
  }

  /** Tells what has to be done at the printer. */
  void tell(Obstacle obstacle) {
    String what = obstacle.code().recovery(locale);
    note(obstacle.stops() ? words.text("waits", what) : words.text("prints-but", what));
  }

  /** Tells how the job goes. */
  void tell(JobProgress progress) {
    if (progress.waits()) {
      note(words.text("queued"));
    } else if (progress.impressions().orElse(0) > 0) {
      note(words.text("printed", progress.impressions().getAsInt()));
    } else {
      note(words.text("printing"));
    }
  }

  /** Waits until it is time to look again, or the command is to stop, or its time is over. */
  void pause() {
    Duration time = looks++ < SHORT_LOOKS ? SHORT_LOOK : LONG_LOOK;
    Deadline next = call.deadline().atMost(time);
    while (!next.expired() && !call.cancelled() && !isOver()) {
      LockSupport.parkNanos(next.atMost(CANCEL_LOOK).remaining().toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return; // the transport tells of it
      }
    }
  }

  /** Waits a moment for a printer that is giving up a job. */
  static void pauseBriefly(Deadline deadline) {
    LockSupport.parkNanos(deadline.atMost(CANCEL_LOOK).remaining().toNanos());
  }

  private void note(String note) {
    if (!note.equals(told)) {
      told = note;
      call.progress(note);
    }
  }
}
