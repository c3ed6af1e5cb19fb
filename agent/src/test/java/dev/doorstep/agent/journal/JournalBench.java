package dev.doorstep.agent.journal;

import dev.doorstep.protocol.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Prints what the journal costs; nothing is asserted. Argument: an empty folder. */
final class JournalBench {
  private static final int ROWS = 100_000;
  private static final int GROUP = 5000;
  private static final int PHYSICAL = 500;

  private JournalBench() {}

  /** Fills a journal and measures. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    long start = System.nanoTime();
    Journal journal = Journal.open(JournalSettings.in(data), new SetClock());
    print("first open, with the library", System.nanoTime() - start);
    fill(journal);
    finds(journal);
    physicals(journal);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf("heap used: %d KiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 10);
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .forEach(System.out::println);
    }
    journal.close();
    for (int i = 0; i < 5; i++) {
      long open = System.nanoTime();
      journal = Journal.open(JournalSettings.in(data), new SetClock());
      journal.unfinished();
      journal.undelivered(100);
      journal.events();
      print("open and read what is left with " + ROWS + " rows", System.nanoTime() - open);
      journal.close();
    }
    System.out.printf("file: %d KiB%n", Files.size(data.resolve("journal.db")) >> 10);
  }

  private static void fill(Journal journal) throws Exception {
    long[] calls = new long[ROWS];
    long start = System.nanoTime();
    for (int i = 0; i < ROWS; i++) {
      if (i % GROUP == 0) {
        Entries.settle(journal, "marker" + i); // else it would tell that too much waits
      }
      Taken taken = Entries.safe("c" + i);
      long before = System.nanoTime();
      journal.enter(taken, Entries.nobody());
      journal.ended(taken.key(), State.SUCCEEDED, Optional.empty(), Entries.nobody());
      journal.delivered(taken.key());
      calls[i] = System.nanoTime() - before;
    }
    Entries.settle(journal, "marker");
    long all = System.nanoTime() - start;
    System.out.printf("SAFE: %.0f commands/s%n", ROWS * 1e9 / all);
    spread("SAFE, on the calling thread", calls);
  }

  private static void finds(Journal journal) throws Exception {
    long[] known = new long[20_000];
    long[] unknown = new long[20_000];
    for (int i = 0; i < known.length; i++) {
      CommandKey key = Entries.key("c" + i * 37L % ROWS);
      CommandKey other = Entries.key("n" + i);
      long before = System.nanoTime();
      journal.find(key);
      long between = System.nanoTime();
      journal.find(other);
      known[i] = between - before;
      unknown[i] = System.nanoTime() - between;
    }
    spread("find, known", known);
    spread("find, unknown", unknown);
  }

  private static void physicals(Journal journal) throws Exception {
    long[] entered = new long[PHYSICAL];
    long[] acting = new long[PHYSICAL];
    long[] ended = new long[PHYSICAL];
    for (int i = 0; i < PHYSICAL; i++) {
      Taken taken = Entries.physical("p" + i);
      long before = System.nanoTime();
      Entries.enter(journal, taken);
      entered[i] = System.nanoTime() - before;
      before = System.nanoTime();
      journal.acting(taken.key());
      acting[i] = System.nanoTime() - before;
      CompletableFuture<Written> told = new CompletableFuture<>();
      before = System.nanoTime();
      journal.ended(taken.key(), State.SUCCEEDED, Optional.of(Entries.bytes("{}")), told::complete);
      told.get();
      ended[i] = System.nanoTime() - before;
      journal.delivered(taken.key());
    }
    spread("PHYSICAL enter until told", entered);
    spread("PHYSICAL acting", acting);
    spread("PHYSICAL ended until told", ended);
  }

  private static void spread(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s: median %.1f us, 99%% %.1f us, most %.1f us%n",
        what,
        nanos[nanos.length / 2] / 1e3,
        nanos[nanos.length * 99 / 100] / 1e3,
        nanos[nanos.length - 1] / 1e3);
  }

  private static void print(String what, long nanos) {
    System.out.printf("%s: %.1f ms%n", what, nanos / 1e6);
  }
}
