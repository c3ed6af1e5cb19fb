package dev.doorstep.agent.local;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.command.ReplyTo;
import dev.doorstep.agent.command.WrittenReply;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The replies to one command of this machine, taken in by one thread as they come. */
public final class Execution implements ReplyTo {
  private static final int PIECE = 64 * 1024;

  private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();

  /** A reply with the documents that were too large for it. */
  public record Step(Reply reply, List<OutgoingBlob> blobs) {
    /** Copies the list. */
    public Step {
      blobs = List.copyOf(blobs);
    }
  }

  @Override
  public int pieceSize() {
    return PIECE;
  }

  /** Nowhere: who asks on this machine does not outlive the program. */
  @Override
  public Optional<ReplyAddress> address() {
    return Optional.empty();
  }

  @Override
  public void send(WrittenReply reply, List<OutgoingBlob> blobs, Runnable delivered) {
    steps.add(new Step(reply.whole(), blobs));
    delivered.run();
  }

  /** Nothing: the documents came whole with the reply. */
  @Override
  public void sendPieces(OutgoingBlob blob, List<Integer> pieces) {}

  /** Nothing: the command line shows no pictures; how many there were stands in the reply. */
  @Override
  public void preview(String id, byte[] jpeg) {}

  /** The next reply, or empty if none came in time. */
  public Optional<Step> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(steps.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }
}
