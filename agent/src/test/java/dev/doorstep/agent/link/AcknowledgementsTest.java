package dev.doorstep.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private final List<Integer> told = new ArrayList<>();
  private final Acknowledgements acknowledgements = new Acknowledgements(told::add);

  @Test
  void theyAreToldInTheOrderOfArrivalWhicheverIsSafeFirst() {
    Runnable one = acknowledgements.expect(11);
    Runnable two = acknowledgements.expect(12);
    Runnable three = acknowledgements.expect(13);

    two.run();
    assertThat(told).isEmpty();
    one.run();
    assertThat(told).containsExactly(11, 12);
    three.run();
    assertThat(told).containsExactly(11, 12, 13);
  }

  @Test
  void oneThatIsSafeTwiceIsToldOnce() {
    Runnable one = acknowledgements.expect(1);
    one.run();
    one.run();
    acknowledgements.expect(2).run();

    assertThat(told).containsExactly(1, 2);
  }
}
