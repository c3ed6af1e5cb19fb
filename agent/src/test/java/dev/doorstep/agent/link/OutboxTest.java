package dev.doorstep.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.blob.BlobLimits;
import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final int ALL = Integer.MAX_VALUE;
  private final Outbox outbox = new Outbox();
  private final AtomicInteger delivered = new AtomicInteger();

  @Test
  void lettersLeaveInOrderAndNoMoreThanTheWindow() {
    add(reply("a"));
    add(reply("b"));
    add(reply("c"));

    Outbox.Sent first = outbox.nextLetter(2).orElseThrow();
    assertThat(first.message().topic()).isEqualTo("a");
    assertThat(outbox.nextLetter(2).orElseThrow().message().topic()).isEqualTo("b");
    assertThat(outbox.nextLetter(2)).isEmpty();

    outbox.confirmed(first);
    assertThat(outbox.nextLetter(2).orElseThrow().message().topic()).isEqualTo("c");
  }

  @Test
  void whatWasNotConfirmedGoesFirstOnTheNextConnectionInItsOrder() {
    List.of("a", "b", "c", "d").forEach(topic -> add(reply(topic)));
    Outbox.Sent a = outbox.nextLetter(3).orElseThrow();
    outbox.nextLetter(3);
    outbox.nextLetter(3);
    outbox.confirmed(a);

    outbox.disconnected();

    assertThat(drain()).containsExactly("b", "c", "d");
  }

  @Test
  void aConfirmationOfAnEarlierConnectionDoesNothingAndOneThatComesTwiceCountsOnce() {
    add(reply("a"));
    Outbox.Sent early = outbox.nextLetter(1).orElseThrow();
    outbox.disconnected();

    outbox.confirmed(early);
    assertThat(delivered).hasValue(0);
    Outbox.Sent again = outbox.nextLetter(1).orElseThrow();
    outbox.confirmed(again);
    outbox.confirmed(again);

    assertThat(delivered).hasValue(1);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void lettersGoBeforeDocumentsAndThoseBeforePieces(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      outbox.add(Transfer.of(new Topics("P"), "c", blob(blobs, 3 * 1024)));
      outbox.add(List.of(Outgoing.retained("status", new byte[1])));
      add(reply("a"));

      assertThat(outbox.nextOther(ALL)).as("a letter waits").isEmpty();
      assertThat(drain()).startsWith("a", "status").hasSize(2 + 3);
    }
  }

  @Test
  void twoTransfersTakeTurnsAndPiecesLeaveRoomForLetters(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      OutgoingBlob one = blob(blobs, 20 * 1024);
      OutgoingBlob two = blob(blobs, 20 * 1024);
      outbox.add(Transfer.of(new Topics("P"), "c", one));
      outbox.add(Transfer.of(new Topics("P"), "c", two));

      List<String> ids = new ArrayList<>();
      Optional<Outbox.Sent> next = outbox.nextOther(16);
      while (next.isPresent()) {
        ids.add(next.get().message().topic().split("/")[5]);
        next = outbox.nextOther(16);
      }

      String first = one.description().id();
      String second = two.description().id();
      List<String> turns = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        turns.addAll(List.of(first, second));
      }
      assertThat(ids).isEqualTo(turns);
      add(reply("a"));
      assertThat(outbox.nextLetter(16)).isPresent();
    }
  }

  @Test
  void piecesThatWereNotConfirmedAreSentAgainAndOnlyThose(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      OutgoingBlob blob = blob(blobs, 5 * 1024);
      outbox.add(Transfer.of(new Topics("P"), "c", blob));
      outbox.confirmed(outbox.nextOther(ALL).orElseThrow());
      outbox.nextOther(ALL);
      outbox.nextOther(ALL);

      outbox.disconnected();

      String prefix = "doorstep/v1/P/blob/c/" + blob.description().id() + "/";
      assertThat(drain()).containsExactly(prefix + 1, prefix + 2, prefix + 3, prefix + 4);
    }
  }

  @Test
  void theLastPieceAloneIsSentAgainToo(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      OutgoingBlob blob = blob(blobs, 1024);
      outbox.add(Transfer.of(new Topics("P"), "c", blob));
      outbox.nextOther(ALL);
      assertThat(outbox.nextOther(ALL)).isEmpty();

      outbox.disconnected();

      assertThat(drain()).hasSize(1);
    }
  }

  @Test
  void whatCannotBeReadAnyMoreIsLetGo(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      outbox.add(Transfer.of(new Topics("P"), "c", blob(blobs, 5 * 1024)));

      outbox.unreadable(outbox.nextOther(ALL).orElseThrow());

      assertThat(outbox.nextOther(ALL)).isEmpty();
      assertThat(outbox.isEmpty()).isTrue();
    }
  }

  @Test
  void theOldestEventsGiveWayFirstAndThenTheOldestResults() {
    int third = (int) (Outbox.LARGEST / 3);
    Letter event = letter("event", third, Letter.Kind.EVENT, Optional.empty());
    Letter result = letter("one", third, Letter.Kind.REPLY, Optional.of(small("one")));
    Letter other = letter("two", third, Letter.Kind.REPLY, Optional.of(small("two")));
    assertThat(add(event)).isEmpty();
    assertThat(add(result)).isEmpty();
    assertThat(add(other)).isEmpty();

    assertThat(add(letter("three", third, Letter.Kind.REPLY, Optional.of(small("three")))))
        .containsExactly(event);
    assertThat(add(letter("four", third, Letter.Kind.REPLY, Optional.of(small("four")))))
        .containsExactly(result);

    List<Integer> sizes = new ArrayList<>();
    List<String> topics = new ArrayList<>();
    Optional<Outbox.Sent> next = outbox.nextLetter(ALL);
    while (next.isPresent()) {
      sizes.add(next.get().message().size());
      topics.add(next.get().message().topic());
      next = outbox.nextLetter(ALL);
    }
    assertThat(topics)
        .as("no command goes without a reply")
        .containsExactly("one", "two", "three", "four");
    assertThat(sizes).containsExactly(1, third, third, third);
  }

  @Test
  void noMoreEventsWaitThanTheirNumber() {
    for (int i = 0; i < Outbox.MOST_EVENTS; i++) {
      assertThat(add(letter("e" + i, 1, Letter.Kind.EVENT, Optional.empty()))).isEmpty();
    }

    List<Letter> dropped = add(letter("newest", 1, Letter.Kind.EVENT, Optional.empty()));

    assertThat(dropped).extracting(letter -> letter.message().topic()).containsExactly("e0");
    assertThat(drain()).startsWith("e1").endsWith("newest");
  }

  private List<Letter> add(Letter letter) {
    return outbox.add(letter, List.of());
  }

  private Letter reply(String topic) {
    return letter(topic, 1, Letter.Kind.REPLY, Optional.empty());
  }

  private Letter letter(String topic, int size, Letter.Kind kind, Optional<Outgoing> instead) {
    Outgoing message = new Outgoing(topic, size, () -> new byte[size], false, Optional.empty());
    return new Letter(message, kind, instead.map(small -> () -> small), delivered::incrementAndGet);
  }

  private static Outgoing small(String topic) {
    return Outgoing.of(topic, "x".getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static OutgoingBlob blob(BlobStore blobs, int size) throws Exception {
    return blobs.keep("c", Content.of("image/jpeg", new byte[size]), 1024);
  }

  private List<String> drain() {
    List<String> topics = new ArrayList<>();
    Optional<Outbox.Sent> next = outbox.nextLetter(ALL).or(() -> outbox.nextOther(ALL));
    while (next.isPresent()) {
      topics.add(next.get().message().topic());
      outbox.confirmed(next.get());
      next = outbox.nextLetter(ALL).or(() -> outbox.nextOther(ALL));
    }
    return topics;
  }

  @Test
  void piecesThatWaitOrAreUnderWayAreNotSentTwice(@TempDir Path folder) throws Exception {
    try (BlobStore blobs = BlobStore.open(folder, BlobLimits.DEFAULT, System::nanoTime)) {
      OutgoingBlob blob = blob(blobs, 4 * 1024);
      Topics topics = new Topics("P");
      outbox.add(Transfer.of(topics, "c", blob));
      outbox.nextOther(ALL); // piece 0 is under way

      outbox.add(Transfer.of(topics, "c", blob, List.of(0, 1, 2)));

      String prefix = "doorstep/v1/P/blob/c/" + blob.description().id() + "/";
      assertThat(drain()).containsExactly(prefix + 1, prefix + 2, prefix + 3);
    }
  }

  @Test
  void whatTheBrokerTakesLaterGoesFirstThen() {
    add(reply("a"));
    add(reply("b"));
    Outbox.Sent refused = outbox.nextLetter(ALL).orElseThrow();

    outbox.again(refused);
    outbox.confirmed(refused);

    assertThat(delivered).hasValue(0);
    assertThat(drain()).containsExactly("a", "b");
  }

  @Test
  void whatIsTooLargeForTheBrokerGivesWayToItsShortFormOrCountsAsDelivered() {
    add(letter("reply", 9000, Letter.Kind.REPLY, Optional.of(small("short"))));
    add(letter("event", 9000, Letter.Kind.EVENT, Optional.empty()));

    outbox.tooLarge(outbox.nextLetter(ALL).orElseThrow());
    Outbox.Sent shortened = outbox.nextLetter(ALL).orElseThrow();
    assertThat(shortened.message().topic()).isEqualTo("short");
    assertThat(delivered).hasValue(0);
    outbox.confirmed(shortened);
    outbox.tooLarge(outbox.nextLetter(ALL).orElseThrow());

    assertThat(delivered).hasValue(2);
    assertThat(outbox.isEmpty()).isTrue();
  }
}
