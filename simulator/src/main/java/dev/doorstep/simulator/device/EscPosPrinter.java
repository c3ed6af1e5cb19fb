package dev.doorstep.simulator.device;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receipt printer of 576 dots that draws what it prints; each cut gives a {@link Ticket}.
 *
 * <p>Like a real one it stops when the paper ends, the cover is open or the cutter jams: what
 * arrives then waits in its buffer and is printed when the cause is gone, also after the connection
 * has ended. Real-time status answers at all times, before anything that waits, and also when its
 * bytes stand inside a picture. So does DLE DC4 8, which makes it forget what waits. A closed
 * connection ends the job: a command that came half is forgotten, the lines before it are on the
 * paper.
 */
public final class EscPosPrinter implements WireDevice {

  private static final Logger LOG = LoggerFactory.getLogger(EscPosPrinter.class);
  private static final int MAX_WAITING = 4 << 20;
  private static final int MAX_TICKETS = 100;

  private final RealTimeRequests realTime = new RealTimeRequests();
  private final PrinterStatus status = new PrinterStatus();
  private final PrintHead head = new PrintHead(this::keep);
  private final List<byte[]> replies = new ArrayList<>();
  private final EscPosInterpreter interpreter =
      new EscPosInterpreter(head, this::automatic, n -> replies.add(status.paperReport(n)));
  private final Deque<Job> jobs = new ArrayDeque<>(List.of(new Job()));
  private final Deque<Ticket> tickets = new ArrayDeque<>();
  private @Nullable Wire connection;
  private boolean automaticStatus;

  /** What came over one connection and is not printed yet. */
  private static final class Job {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean ended;
  }

  /** The tickets that were cut, oldest first; at most the last hundred. */
  public synchronized List<Ticket> tickets() {
    return List.copyOf(tickets);
  }

  /** Changes the paper; with paper again the printer goes on where it stopped. */
  public void paper(Paper paper) {
    change(s -> s.paper(paper));
  }

  /** Opens or closes the cover. */
  public void coverOpen(boolean open) {
    change(s -> s.coverOpen(open));
  }

  /** Jams or frees the cutter. */
  public void cutterError(boolean jammed) {
    change(s -> s.cutterError(jammed));
  }

  @Override
  public synchronized void connected(Wire wire) {
    connection = wire;
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    send(wire, handle(bytes, wire));
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    connection = null;
    automaticStatus = false;
    jobs.getLast().ended = true;
    jobs.add(new Job());
    print();
  }

  private synchronized List<byte[]> handle(byte[] bytes, Wire wire) {
    int voided = realTime.find(bytes, n -> replies.add(status.realTime(n)), this::clear);
    ByteArrayOutputStream waiting = jobs.getLast().waiting;
    if (waiting.size() + bytes.length > MAX_WAITING) {
      LOG.warn("more than {} bytes wait to be printed: hanging up", MAX_WAITING);
      wire.close();
      return takeReplies();
    }
    waiting.write(bytes, voided, bytes.length - voided);
    print();
    return takeReplies();
  }

  private void clear() {
    jobs.clear();
    jobs.add(new Job());
    head.reset();
    replies.add(PrinterStatus.CLEARED.clone());
  }

  private void change(Consumer<PrinterStatus> change) {
    Wire line;
    List<byte[]> news;
    synchronized (this) {
      change.accept(status);
      if (automaticStatus) {
        replies.add(status.automatic());
      }
      print();
      line = connection;
      news = takeReplies();
    }
    if (line != null) {
      send(line, news);
    }
  }

  /** Prints what waits, as long as nothing is in the way. */
  private void print() {
    while (!status.offline()) {
      Job job = jobs.getFirst();
      byte[] waiting = job.waiting.toByteArray();
      int done = interpreter.run(waiting);
      job.waiting.reset();
      if (!job.ended) {
        job.waiting.write(waiting, done, waiting.length - done);
        return;
      }
      jobs.removeFirst();
    }
  }

  private void automatic(boolean on) {
    automaticStatus = on;
    if (on) {
      replies.add(status.automatic());
    }
  }

  private void keep(Ticket ticket) {
    tickets.add(ticket);
    if (tickets.size() > MAX_TICKETS) {
      tickets.removeFirst();
    }
  }

  private List<byte[]> takeReplies() {
    List<byte[]> taken = List.copyOf(replies);
    replies.clear();
    return taken;
  }

  private static void send(Wire wire, List<byte[]> replies) {
    replies.forEach(wire::send);
  }
}
