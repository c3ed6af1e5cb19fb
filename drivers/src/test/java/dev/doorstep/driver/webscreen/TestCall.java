package dev.doorstep.driver.webscreen;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Output;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A command as the lane hands it to a handler. */
final class TestCall implements Call {
  private final Deadline deadline;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  TestCall(Duration time) {
    this.deadline = Deadline.after(time);
  }

  /** What the handler told, in its order; {@code !} is that it acts. */
  List<String> told() {
    return told;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void progress(String note) {
    told.add(note);
  }

  @Override
  public void acting() {
    told.add("!");
  }

  @Override
  public Output output() {
    throw new AssertionError("an evaluation gives no documents");
  }
}
