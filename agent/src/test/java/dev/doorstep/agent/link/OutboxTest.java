package dev.doorstep.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  @Test
  void messagesLeaveInOrderAndNoMoreThanTheWindow() {
    outbox.add(List.of(message("a"), message("b"), message("c")));

    Outbox.Sent first = outbox.next(2).orElseThrow();
    assertThat(first.message().topic()).isEqualTo("a");
    assertThat(outbox.next(2).orElseThrow().message().topic()).isEqualTo("b");
    assertThat(outbox.next(2)).isEmpty();

    outbox.confirmed(first);
    assertThat(outbox.next(2).orElseThrow().message().topic()).isEqualTo("c");
  }

  @Test
  void whatWasNotConfirmedGoesFirstOnTheNextConnectionInItsOrder() {
    outbox.add(List.of(message("a"), message("b"), message("c"), message("d")));
    Outbox.Sent a = outbox.next(3).orElseThrow();
    outbox.next(3);
    outbox.next(3);
    outbox.confirmed(a);

    outbox.disconnected();

    assertThat(drain()).containsExactly("b", "c", "d");
  }

  @Test
  void aConfirmationOfAnEarlierConnectionDoesNothing() {
    outbox.add(List.of(message("a")));
    Outbox.Sent early = outbox.next(1).orElseThrow();
    outbox.disconnected();

    outbox.confirmed(early);

    assertThat(drain()).containsExactly("a");
  }

  @Test
  void whatDoesNotFitIsRefusedAsAWhole() {
    Outgoing large =
        new Outgoing("large", (int) Outbox.LARGEST, () -> new byte[0], false, Optional.empty());
    assertThat(outbox.add(List.of(large))).isTrue();
    assertThat(outbox.add(List.of(message("a"), message("b")))).isFalse();

    outbox.confirmed(outbox.next(1).orElseThrow());
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.add(List.of(message("a")))).isTrue();
  }

  private List<String> drain() {
    List<String> topics = new ArrayList<>();
    Optional<Outbox.Sent> next = outbox.next(Integer.MAX_VALUE);
    while (next.isPresent()) {
      topics.add(next.get().message().topic());
      next = outbox.next(Integer.MAX_VALUE);
    }
    return topics;
  }

  private static Outgoing message(String topic) {
    return Outgoing.of(topic, "x".getBytes(StandardCharsets.UTF_8), Optional.empty());
  }
}
