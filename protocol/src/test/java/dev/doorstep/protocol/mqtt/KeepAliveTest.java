package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private final List<String> done = new ArrayList<>();
  private final KeepAlive keepAlive = new KeepAlive(() -> done.add("ping"), () -> done.add("gone"));

  @Test
  void asksWhereEitherSideIsSilent() {
    keepAlive.heard();
    keepAlive.said();
    keepAlive.look();
    assertThat(done).isEmpty();
    keepAlive.said();
    keepAlive.look();
    assertThat(done).containsExactly("ping");
    keepAlive.heard();
    keepAlive.look();
    assertThat(done).containsExactly("ping", "ping");
  }

  @Test
  void endsAfterThreeSilentLooks() {
    for (int i = 0; i < 2; i++) {
      keepAlive.said();
      keepAlive.look();
    }
    keepAlive.heard();
    for (int i = 0; i < 3; i++) {
      keepAlive.look();
    }
    assertThat(done).containsExactly("ping", "ping", "ping", "ping", "ping");
    keepAlive.look();
    assertThat(done).endsWith("gone").hasSize(6);
  }
}
