package dev.doorstep.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
  private final KeyFilter filter = new KeyFilter();

  @Test
  void mayHoldEverythingUntilItIsWhole() {
    assertThat(filter.mayHold(key(1))).isTrue();

    filter.becomeWhole();

    assertThat(filter.mayHold(key(1))).isFalse();
  }

  @Test
  void holdsWhatWasAddedAndLittleElse() {
    filter.becomeWhole();
    IntStream.range(0, 100_000).forEach(n -> filter.add(key(n)));

    assertThat(IntStream.range(0, 100_000)).allMatch(n -> filter.mayHold(key(n)));
    assertThat(IntStream.range(100_000, 200_000).filter(n -> filter.mayHold(key(n))).count())
        .as("of 100 000 others")
        .isLessThan(500);
  }

  @Test
  void tellsClientsApart() {
    filter.becomeWhole();
    filter.add(new CommandKey("hall-1", "a"));

    assertThat(filter.mayHold(new CommandKey("hall-1", "a"))).isTrue();
    assertThat(filter.mayHold(new CommandKey("hall-2", "a"))).isFalse();
    assertThat(filter.mayHold(new CommandKey("a", "hall-1"))).isFalse();
  }

  @Test
  void beginsAnewWhenItIsWornOut() {
    filter.becomeWhole();
    IntStream.rangeClosed(0, KeyFilter.MOST).forEach(n -> filter.add(key(n)));
    assertThat(filter.isWornOut()).isTrue();

    filter.beginAnew();

    assertThat(filter.isWornOut()).isFalse();
    assertThat(filter.mayHold(key(KeyFilter.MOST + 1))).as("not whole").isTrue();
  }

  private static CommandKey key(int n) {
    return new CommandKey("hall-1", "c" + n);
  }
}
