package dev.doorstep.agent.journal;

import dev.doorstep.protocol.State;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A process that writes commands until it is killed, and says what it was told: {@code entered ID},
 * {@code acting ID}, {@code ended ID}. Arguments: the data folder and the first number.
 */
final class JournalVictim {
  private static final int AT_ONCE = 64;

  private JournalVictim() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    Journal journal = Journal.open(JournalSettings.in(Path.of(arguments[0])), new SetClock());
    Semaphore room = new Semaphore(AT_ONCE);
    for (int i = Integer.parseInt(arguments[1]); true; i++) {
      String id = "c" + i;
      room.acquire();
      if (i % 8 == 0) {
        journal.enter(Entries.physical(id), told(out, "entered", id, () -> {}));
        journal.acting(Entries.key(id));
        say(out, "acting", id);
      } else {
        journal.enter(Entries.safe(id), told(out, "entered", id, () -> {}));
      }
      Optional<byte[]> reply = i % 8 == 0 ? Optional.of(Entries.bytes(id)) : Optional.empty();
      if (i % 5 == 0) {
        room.release(); // this one is left under way
      } else {
        journal.ended(
            Entries.key(id), State.SUCCEEDED, reply, told(out, "ended", id, room::release));
      }
    }
  }

  private static Consumer<Written> told(PrintStream out, String what, String id, Runnable then) {
    return written -> {
      say(out, written.safe() ? what : "failed", id);
      then.run();
    };
  }

  private static void say(PrintStream out, String what, String id) {
    synchronized (out) {
      out.println(what + " " + id);
      out.flush();
    }
  }
}
