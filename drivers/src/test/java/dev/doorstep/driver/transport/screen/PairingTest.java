package dev.doorstep.driver.transport.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PairingTest {
  private final AtomicLong now = new AtomicLong();
  private final List<List<Pairing.Tablet>> kept = new ArrayList<>();
  private final Pairing pairing = new Pairing(List.of(), kept::add, now::get);

  private static String other(String code) {
    return (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
  }

  @Test
  void aCodeLetsOneTabletIn() {
    String code = pairing.begin("counter-1");
    assertThat(code).matches("[0-9]{8}");
    String token = pairing.redeem(code).orElseThrow();
    assertThat(token).hasSize(43);
    assertThat(pairing.knows(token)).isTrue();
    assertThat(pairing.knows(token + "x")).isFalse();
    assertThat(pairing.knows("")).isFalse();
    assertThat(pairing.redeem(code)).as("the same code again").isEmpty();
    assertThat(kept).singleElement().asString().contains("counter-1").doesNotContain(token);
  }

  @Test
  void whoWasLetInBeforeStaysIn() {
    String token = pairing.redeem(pairing.begin("a")).orElseThrow();
    Pairing next = new Pairing(kept.get(0), kept::add, now::get);
    assertThat(next.knows(token)).isTrue();
    assertThat(next.forget("b")).isFalse();
    String open = next.begin("a");
    assertThat(next.forget("a")).isTrue();
    assertThat(next.redeem(open)).as("a code for the one that was forgotten").isEmpty();
    assertThat(next.knows(token)).isFalse();
    assertThat(kept.get(1)).isEmpty();
  }

  @Test
  void aTabletOfTheSameNameTakesThePlaceOfTheOther() {
    String first = pairing.redeem(pairing.begin("a")).orElseThrow();
    String second = pairing.redeem(pairing.begin("a")).orElseThrow();
    assertThat(pairing.knows(first)).isFalse();
    assertThat(pairing.knows(second)).isTrue();
    assertThat(pairing.tablets()).hasSize(1);
  }

  @Test
  void withoutACodeNothingIsRight() {
    assertThat(pairing.redeem("00000000")).isEmpty();
    assertThat(pairing.redeem("")).isEmpty();
  }

  @Test
  void wrongCodesMakeTheRightOneVoid() {
    String code = pairing.begin("a");
    for (int i = 1; i < Pairing.MOST_TRIES; i++) {
      assertThat(pairing.redeem(other(code))).isEmpty();
    }
    assertThat(pairing.redeem(code)).isPresent();
    String next = pairing.begin("b");
    for (int i = 0; i < Pairing.MOST_TRIES; i++) {
      assertThat(pairing.redeem(other(next))).isEmpty();
    }
    assertThat(pairing.redeem(next)).isEmpty();
  }

  @Test
  void aCodeEnds() {
    String code = pairing.begin("a");
    now.addAndGet(Pairing.VALID.toNanos() - 1);
    assertThat(pairing.redeem(other(code))).isEmpty();
    now.incrementAndGet();
    assertThat(pairing.redeem(code)).isEmpty();
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 0; i < Pairing.MOST_TABLETS; i++) {
      assertThat(pairing.redeem(pairing.begin("t" + i))).isPresent();
    }
    assertThat(pairing.redeem(pairing.begin("one-more"))).isEmpty();
    assertThat(pairing.redeem(pairing.begin("t0"))).isPresent();
  }

  @Test
  void whatCannotBeKeptIsNotLetIn() {
    Pairing full =
        new Pairing(
            List.of(),
            tablets -> {
              throw new UncheckedIOException(new java.io.IOException("no space left"));
            },
            now::get);
    assertThat(full.redeem(full.begin("a"))).isEmpty();
    assertThat(full.tablets()).isEmpty();
  }
}
