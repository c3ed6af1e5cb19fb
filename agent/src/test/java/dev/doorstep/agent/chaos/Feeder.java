package dev.doorstep.agent.chaos;

import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.chaos.TicketDesk.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a desk busy on a thread of its own: a few tickets are always wanted, and commands are sent
 * a second time while they wait, while they run, or long after.
 */
final class Feeder implements AutoCloseable {
  /** Fewer than a lane takes, so that none is turned away. */
  private static final int MOST_UNDERWAY = 5;

  private static final int LONGEST_PAUSE_MILLIS = 60;
  private static final int LONGEST_PAUSE_WHEN_FULL_MILLIS = 400;

  private final TicketDesk desk;
  private final Random random;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Exception failure;
  private final AtomicInteger repeats = new AtomicInteger();

  Feeder(TicketDesk desk, long seed) {
    this.desk = desk;
    this.random = new Random(seed);
    this.thread = new Thread(this::work, "doorstep-feeder");
    thread.setDaemon(true);
    thread.start();
  }

  /** How many commands were sent again. */
  int repeats() {
    return repeats.get();
  }

  private void work() {
    try {
      while (!closing) {
        List<Sent> underway = desk.sent().stream().filter(sent -> !sent.hasEnded()).toList();
        int dice = random.nextInt(10);
        if (dice < 2 && !underway.isEmpty()) {
          again(underway);
        } else if (dice < 4 && !desk.sent().isEmpty()) {
          again(desk.sent());
        } else if (underway.size() < MOST_UNDERWAY) {
          desk.print();
        }
        // A visitor now and then; nothing is waited for.
        int longest =
            underway.size() < MOST_UNDERWAY ? LONGEST_PAUSE_MILLIS : LONGEST_PAUSE_WHEN_FULL_MILLIS;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(longest)));
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private void again(List<Sent> known) throws IOException, InterruptedException {
    desk.send(known.get(random.nextInt(known.size())));
    repeats.incrementAndGet();
  }

  /** Ends the stream; fails if it had ended before. */
  @Override
  public void close() {
    closing = true;
    await().atMost(Duration.ofSeconds(30)).until(() -> !thread.isAlive());
    if (failure != null) {
      throw new AssertionError("the stream of tickets ended", failure);
    }
  }
}
