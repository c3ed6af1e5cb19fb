package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a call says of its command: whether the point may have had it. */
class CallEndsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int QUOTA_EXCEEDED = 0x97;
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int NOBODY = 0x10;

  private ScriptedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private Center center() throws Exception {
    return Center.connect(
        broker.url(),
        "hall",
        CenterOptions.standard().withGrace(Duration.ZERO).withConnecting(Duration.ofMinutes(2)));
  }

  private static CallOptions briefly() {
    return CallOptions.of(SHORT).withExpiry(SHORT).withQueued(true);
  }

  private static CompletableFuture<Reply> call(Center center, int size, CallOptions options) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("x", "y".repeat(size));
    return center.point("p").call("d", "x-a.b", parameters, options).toCompletableFuture();
  }

  private static void ends(CompletableFuture<Reply> call, State state, ErrorCode code)
      throws Exception {
    assertThat(call).succeedsWithin(LONG);
    assertThat(call.get().state()).hasToString(state.toString());
    assertThat(call.get().error().orElseThrow().code().is(code)).isTrue();
  }

  /** The first of a command is not acknowledged; what is sent after that gets {@code reason}. */
  private ToIntFunction<String> onlyTheFirstIsTaken(int reason) {
    return topic -> broker.published().size() == 1 ? ScriptedBroker.SILENT : reason;
  }

  @Test
  void whatIsRefusedAtOnceIsRejected() throws Exception {
    broker.onPublish(topic -> NOT_AUTHORIZED);
    try (Center center = center()) {
      ends(call(center, 1, briefly()), State.REJECTED, ErrorCode.NO_REPLY);
    }
  }

  @Test
  void whatIsRefusedWhenItIsSentAgainMayHaveBeenCarriedOut() throws Exception {
    broker.onPublish(onlyTheFirstIsTaken(QUOTA_EXCEEDED));
    try (Center center = center()) {
      CompletableFuture<Reply> call = call(center, 1, briefly().withExpiry(Duration.ofSeconds(3)));
      await().atMost(LONG).until(() -> broker.published().size() == 1);

      broker.cut();

      ends(call, State.UNKNOWN, ErrorCode.NO_REPLY);
      assertThat(broker.published()).hasSize(2);
    }
  }

  @Test
  void whatIsTooLargeWhenItIsSentAgainMayHaveBeenCarriedOut() throws Exception {
    broker.onPublish(topic -> ScriptedBroker.SILENT);
    try (Center center = center()) {
      CompletableFuture<Reply> call =
          call(center, 5000, briefly().withExpiry(Duration.ofSeconds(3)));
      await().atMost(LONG).until(() -> broker.published().size() == 1);

      broker.takesPacketsOf(2000).cut();

      await().atMost(LONG).until(() -> broker.connections() == 2);
      ends(call, State.UNKNOWN, ErrorCode.NO_REPLY);
      assertThat(broker.published()).hasSize(1);
      ends(call(center, 5000, briefly()), State.REJECTED, ErrorCode.TOO_LARGE);
    }
  }

  @Test
  void whatNobodyTookAtAllExpires() throws Exception {
    broker.onPublish(topic -> NOBODY);
    try (Center center = center()) {
      ends(call(center, 1, briefly()), State.EXPIRED, ErrorCode.EXPIRED);
    }
  }

  @Test
  void whatNeverWasSentExpiresWhileTheBrokerDoesNotAnswer() throws Exception {
    try (Center center = center()) {
      broker.onConnect(client -> ScriptedBroker.SILENT);
      broker.cut();
      await().atMost(LONG).until(() -> broker.connections() == 2);

      CompletableFuture<Reply> queued = call(center, 1, briefly());
      CompletableFuture<Reply> asking = call(center, 1, briefly().withQueued(false));

      ends(queued, State.EXPIRED, ErrorCode.EXPIRED);
      ends(asking, State.EXPIRED, ErrorCode.EXPIRED);
      assertThat(broker.connections()).as("of two minutes for one attempt").isEqualTo(2);
      broker.cut();
    }
  }

  @Test
  void parametersThatCannotBeWrittenAreRefusedAtOnceAndBlockNothing() throws Exception {
    ObjectNode deep = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = deep;
    for (int i = 0; i < 700; i++) {
      inner = inner.putObject("x");
    }
    try (Center center = center()) {
      for (boolean queued : new boolean[] {true, false}) {
        CallOptions options = briefly().withId("a1").withQueued(queued);
        assertThatThrownBy(() -> center.point("p").call("d", "x-a.b", deep, options))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("parameters");
      }
      ends(call(center, 1, briefly().withId("a1")), State.UNKNOWN, ErrorCode.NO_REPLY);
      assertThat(broker.published()).hasSize(1);
    }
  }
}
