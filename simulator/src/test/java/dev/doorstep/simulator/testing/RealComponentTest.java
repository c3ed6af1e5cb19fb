package dev.doorstep.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class RealComponentTest {

  @TempDir Path module;

  @RealComponent("sh")
  static class WithWhatEveryMachineHas {
    @Test
    void one() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void several(int n) {}

    @Test
    @RealComponent("no-such-program")
    void without() {
      assertThat("run").isEqualTo("left out");
    }
  }

  @RealComponent("sh")
  @RealComponent("mosquitto_no_such")
  static class WithWhatNoMachineHas {
    @BeforeAll
    static void prepare() {
      assertThat("prepared").isEqualTo("left out");
    }

    @Test
    void one() {}

    @Test
    void two() {}
  }

  private Events run(Class<?> tests, String components) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameter("doorstep.components", components)
        .configurationParameter(RealComponentCondition.MODULE, module.toString())
        .execute()
        .allEvents();
  }

  @Test
  void leavesOutWhatCannotRunAndCountsAll() {
    Events events = run(WithWhatEveryMachineHas.class, "optional");

    assertThat(events.skipped().count()).isOne();
    assertThat(events.failed().count()).isZero();
    assertThat(new ComponentCount(List.of(module)))
        .hasToString(
            "Real components: no-such-program 0 run (1 left out: apt-get install no-such-program),"
                + " sh 2 run");
  }

  @Test
  void countsEachTestOfAClassThatIsLeftOut() {
    run(WithWhatNoMachineHas.class, "optional");

    ComponentCount count = new ComponentCount(List.of(module));
    assertThat(count).asString().contains("mosquitto_no_such 0 run (2 left out");
    assertThat(count.complete()).isFalse();
  }

  @Test
  void failsWhereItIsRequired() {
    Events events = run(WithWhatEveryMachineHas.class, "required");

    assertThat(events.failed().count()).isOne();
    assertThat(events.skipped().count()).isZero();
    assertThat(new ComponentCount(List.of(module)).complete()).isFalse();
  }

  @Test
  void aTestThatRanAgainCountsOnce() {
    run(WithWhatEveryMachineHas.class, "optional");
    run(WithWhatEveryMachineHas.class, "optional");

    assertThat(new ComponentCount(List.of(module))).asString().contains("sh 2 run");
    assertThat(new ComponentCount(List.of(module, module))).asString().contains("sh 4 run");
  }

  @Test
  void nothingThatRanIsNotComplete() {
    ComponentCount count = new ComponentCount(List.of(module));

    assertThat(count).hasToString("Real components: none run");
    assertThat(count.complete()).isFalse();
  }

  @Test
  void somethingThatRanWithNothingLeftOutIsComplete() {
    new ComponentLog(module).ran(new Component("chromium"), "a.Test.one");

    ComponentCount count = new ComponentCount(List.of(module));

    assertThat(count).hasToString("Real components: chromium 1 run");
    assertThat(count.complete()).isTrue();
  }

  @Test
  void packagesThatAreNamedOtherwiseAreKnown() {
    assertThat(new Component("chromium").installation())
        .isEqualTo("apt-get install chromium chromium-driver");
    assertThat(new Component("socat").installation()).isEqualTo("apt-get install socat");
  }
}
