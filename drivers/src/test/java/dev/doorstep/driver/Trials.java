package dev.doorstep.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Many trials of a contract, at the same time: most of them wait for a deadline. */
final class Trials {
  private static final int ALL_UP_TO = 2048;

  private Trials() {}

  /** One trial. */
  interface Trial {
    void run(Bench bench, int number) throws Exception;
  }

  /** Every size of a short answer; of a long one every small size, and then doubles. */
  static IntStream sizes(int length) {
    return length <= ALL_UP_TO ? IntStream.rangeClosed(1, length) : fewSizes(length);
  }

  /** Every small size, and then doubles. */
  static IntStream fewSizes(int length) {
    return IntStream.concat(
            IntStream.rangeClosed(1, 64), IntStream.iterate(128, n -> n < length, n -> 2 * n))
        .filter(size -> size <= length);
  }

  /** Every offset of a short answer; of a long one the ends and some between. */
  static IntStream offsets(int length) {
    return length <= ALL_UP_TO
        ? IntStream.range(0, length)
        : IntStream.concat(
            IntStream.range(0, ALL_UP_TO / 4),
            IntStream.iterate(ALL_UP_TO / 4, n -> n < length, n -> n + length / 64));
  }

  /** Tries every number, many at the same time, each with a device that no other has then. */
  static void each(int atOnce, Supplier<Bench> bench, IntStream numbers, Trial trial)
      throws Exception {
    BlockingQueue<Bench> benches = new LinkedBlockingQueue<>();
    ExecutorService workers = Executors.newFixedThreadPool(atOnce, Trials::thread);
    try {
      for (int i = 0; i < atOnce; i++) {
        benches.add(bench.get());
      }
      List<Callable<Integer>> trials = new ArrayList<>();
      numbers.forEach(
          number ->
              trials.add(
                  () -> {
                    Bench taken = benches.take();
                    try {
                      trial.run(taken, number);
                      return number;
                    } finally {
                      benches.add(taken);
                    }
                  }));
      for (Future<Integer> done : workers.invokeAll(trials)) {
        done.get();
      }
    } finally {
      workers.shutdownNow();
      benches.forEach(Bench::close);
    }
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "doorstep-contract");
    thread.setDaemon(true);
    return thread;
  }
}
