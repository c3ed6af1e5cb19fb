package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.journal.ReplyAddress;
import dev.doorstep.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a client of the tests is told of one command. */
final class Asked implements ReplyTo {
  private final boolean delivering;
  private final List<Reply> all = new CopyOnWriteArrayList<>();
  private final List<OutgoingBlob> documents = new CopyOnWriteArrayList<>();
  private final List<Integer> pieces = new CopyOnWriteArrayList<>();
  private final List<byte[]> pictures = new CopyOnWriteArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger safe = new AtomicInteger();

  private Asked(boolean delivering) {
    this.delivering = delivering;
  }

  /** One whose broker takes every reply. */
  static Asked delivered() {
    return new Asked(true);
  }

  /** One whose broker is away. */
  static Asked undelivered() {
    return new Asked(false);
  }

  @Override
  public int pieceSize() {
    return 64 * 1024;
  }

  @Override
  public Optional<ReplyAddress> address() {
    return Optional.of(
        new ReplyAddress(
            "doorstep/v1/P/reply/client", Optional.of("corr".getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public void send(WrittenReply written, List<OutgoingBlob> blobs, Runnable delivered) {
    Reply reply = written.whole();
    assertThat(done.getCount()).as("nothing follows a final reply: " + reply).isEqualTo(1);
    all.add(reply);
    documents.addAll(blobs);
    if (delivering) {
      delivered.run();
    }
    if (reply.isFinal()) {
      done.countDown();
    }
  }

  @Override
  public void sendPieces(OutgoingBlob blob, List<Integer> numbers) {
    pieces.addAll(numbers);
  }

  @Override
  public void preview(String id, byte[] jpeg) {
    assertThat(done.getCount()).as("nothing follows a final reply").isEqualTo(1);
    pictures.add(jpeg);
  }

  /** The pictures that were shown. */
  List<byte[]> pictures() {
    return pictures;
  }

  /** Counts that the command is safe. */
  void safe() {
    safe.incrementAndGet();
  }

  boolean isSafe() {
    return safe.get() > 0;
  }

  /** Waits for the final reply. */
  Reply last() {
    try {
      assertThat(done.await(10, TimeUnit.SECONDS)).as("a final reply").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return all.get(all.size() - 1);
  }

  /** The code of the final reply's error. */
  String code() {
    return last().error().orElseThrow().code().text();
  }

  boolean isAnswered() {
    return done.getCount() == 0;
  }

  List<Reply> all() {
    return all;
  }

  List<OutgoingBlob> documents() {
    return documents;
  }

  List<Integer> pieces() {
    return pieces;
  }

  List<String> states() {
    return all.stream().map(reply -> reply.state().text()).toList();
  }
}
