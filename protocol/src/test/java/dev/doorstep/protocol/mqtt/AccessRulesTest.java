package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  @Test
  void patternsStandBeforeTheUsers() {
    List<AccessRules.Rule> rules = new ArrayList<>(AccessRules.client("hall-1"));
    rules.addAll(AccessRules.everyPoint());

    assertThat(AccessRules.mosquitto(rules).lines())
        .startsWith("pattern write doorstep/v1/%u/reply/+")
        .containsSubsequence(
            "pattern readwrite doorstep/v1/%u/status",
            "pattern read doorstep/v1/%u/command/+",
            "",
            "user hall-1",
            "topic write doorstep/v1/+/command/+",
            "topic read doorstep/v1/+/reply/hall-1");
  }

  @Test
  void onlyNamesOfTheContractBecomeTopics() {
    assertThatThrownBy(() -> AccessRules.point("#")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessRules.client("a b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
