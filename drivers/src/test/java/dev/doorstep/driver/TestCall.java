package dev.doorstep.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A command that a test gives; remembers what its handler tells. Safe for any thread. */
public final class TestCall implements Call {
  private final Deadline deadline;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicInteger acts = new AtomicInteger();
  private final List<String> notes = new CopyOnWriteArrayList<>();

  /** A command with so much time. */
  public TestCall(Duration time) {
    this.deadline = Deadline.after(time);
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return cancelled.get();
  }

  @Override
  public void progress(String note) {
    notes.add(note);
  }

  @Override
  public void acting() {
    acts.incrementAndGet();
  }

  /** Says that nobody wants it any more. */
  public void cancel() {
    cancelled.set(true);
  }

  /** How often the handler said that it acts. */
  public int acts() {
    return acts.get();
  }

  /** What was told to people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
