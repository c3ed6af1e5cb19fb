package dev.doorstep.driver;

import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A command that a test gives; remembers what its handler tells. Safe for any thread. */
public final class TestCall implements Call, Output {
  private final Deadline deadline;
  private volatile boolean cancelsWhenActing;
  private volatile Runnable whenActing = () -> {};
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicInteger acts = new AtomicInteger();
  private final AtomicInteger asks = new AtomicInteger();
  private final AtomicInteger looksLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger mostPictures = new AtomicInteger(Integer.MAX_VALUE);
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final List<byte[]> pictures = new CopyOnWriteArrayList<>();

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
    if (acts.get() > 0 && looksLeft.getAndDecrement() <= 0) {
      cancel();
    }
    return cancelled.get();
  }

  @Override
  public void progress(String note) {
    notes.add(note);
  }

  /** Refuses, as the lane does, once it is cancelled; the handler must not act then. */
  @Override
  public void acting() throws DeviceException {
    asks.incrementAndGet();
    if (cancelsWhenActing) {
      cancel();
    }
    if (cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "cancelled before the device acted");
    }
    acts.incrementAndGet();
    whenActing.run();
  }

  @Override
  public Output output() {
    return this;
  }

  @Override
  public boolean preview(byte[] jpeg) {
    boolean more = wanted();
    if (more) {
      pictures.add(jpeg);
    }
    return more;
  }

  @Override
  public boolean wanted() {
    return !cancelled() && pictures.size() < mostPictures.get();
  }

  @Override
  public DocumentWriter document(String contentType) {
    return new HeldDocument(contentType, 64 << 20);
  }

  /** Is cancelled at the moment in which the handler says that it is about to act. */
  public TestCall cancelledWhenActing() {
    cancelsWhenActing = true;
    return this;
  }

  /** Something happens while the handler is told that it may act. */
  public TestCall whenActing(Runnable event) {
    whenActing = event;
    return this;
  }

  /** Is cancelled once the handler has acted and looked so often whether it is. */
  public TestCall cancelledAfterActing(int looks) {
    looksLeft.set(looks);
    return this;
  }

  /** Has another command wait for the device as soon as so many pictures were shown. */
  public TestCall yieldingAfter(int most) {
    mostPictures.set(most);
    return this;
  }

  /** How often the handler asked whether it may act. */
  public int asks() {
    return asks.get();
  }

  /** Says that nobody wants it any more. */
  public void cancel() {
    cancelled.set(true);
  }

  /** How often the handler said that it acts. */
  public int acts() {
    return acts.get();
  }

  /** The pictures that were shown on the way. */
  public List<byte[]> pictures() {
    return List.copyOf(pictures);
  }

  /** What was told to people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
