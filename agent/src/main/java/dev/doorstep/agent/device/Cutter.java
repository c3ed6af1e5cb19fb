package dev.doorstep.agent.device;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes wires of one lane from outside, each on a thread of its own, since a native close can
 * hang. At most a few do so at a time: with that many hanging, one more would do no better.
 */
final class Cutter {
  private static final Logger log = LoggerFactory.getLogger(Cutter.class);
  private static final int MOST = 4;

  private final String device;
  private final AtomicInteger cutting = new AtomicInteger();

  Cutter(String device) {
    this.device = device;
  }

  /** Returns at once. */
  void cut(Runnable closing) {
    if (cutting.incrementAndGet() > MOST) {
      cutting.decrementAndGet();
      log.warn("{}: {} of its wires do not close; one more is left open", device, MOST);
      return;
    }
    Thread thread = new Thread(() -> run(closing), "doorstep-cut-" + device);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException | Error e) {
      Defects.log(device, e);
    } finally {
      cutting.decrementAndGet();
    }
  }
}
