package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long the pauses are. */
class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final Backoff backoff = new Backoff(FIRST, LONGEST);

  @Test
  void growsToItsLongest() {
    for (Duration most = FIRST; most.compareTo(LONGEST) < 0; most = most.multipliedBy(2)) {
      assertThat(backoff.pause()).isBetween(most.dividedBy(2), most);
    }
    assertThat(backoff.isLongest()).isTrue();
    assertThat(backoff.pause()).isBetween(LONGEST.dividedBy(2), LONGEST);
  }

  @Test
  void isShortAgainAfterWhatHeldLongerThanThePauseBefore() {
    assertThat(backoff.held(Duration.ofMillis(1))).as("there was no pause before").isTrue();
    assertThat(backoff.pause()).isLessThanOrEqualTo(FIRST);
    assertThat(backoff.held(FIRST)).isFalse();
    assertThat(backoff.pause()).isGreaterThanOrEqualTo(FIRST);
    assertThat(backoff.held(FIRST.multipliedBy(3))).isTrue();
    assertThat(backoff.pause()).isLessThanOrEqualTo(FIRST);
  }

  @Test
  void isLongAfterATakeover() {
    backoff.stretch();
    assertThat(backoff.pause()).isGreaterThanOrEqualTo(LONGEST.dividedBy(2));
  }
}
