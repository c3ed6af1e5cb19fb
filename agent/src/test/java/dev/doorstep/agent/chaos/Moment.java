package dev.doorstep.agent.chaos;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When an agent is killed; the random part spreads the kills over all that happens there. */
enum Moment {
  /** While it starts, and goes on with what the one before left. */
  STARTING(1_500_000) {
    @Override
    CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random) {
      return new CountDownLatch(0);
    }
  },
  /** A command is on its way, or just came. */
  SENT(25_000) {
    @Override
    CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random) {
      return desk.afterSending();
    }
  },
  /** Anywhere in what a printer gets. */
  PRINTING(3_000) {
    @Override
    CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random) {
      return printer.after(random.nextInt(2_500));
    }
  },
  /** The last byte of a ticket is printed. */
  CUT(15_000) {
    @Override
    CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random) {
      return printer.afterCut();
    }
  },
  /** The center has a reply, of which the point has no confirmation yet, or just now. */
  REPLIED(1_000) {
    @Override
    CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random) {
      return desk.afterReply();
    }
  };

  private final int spreadMicros;

  Moment(int spreadMicros) {
    this.spreadMicros = spreadMicros;
  }

  abstract CountDownLatch latch(TicketDesk desk, PacedPrinter printer, Random random);

  /** Waits for it. */
  void await(TicketDesk desk, PacedPrinter printer, Random random) throws InterruptedException {
    long spread = TimeUnit.MICROSECONDS.toNanos(random.nextInt(spreadMicros));
    if (!latch(desk, printer, random).await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing happens any more: no " + this);
    }
    long until = System.nanoTime() + spread;
    // The moment of the kill, not something to wait for.
    for (long left = spread; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
