package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** The center's client over Debian's mosquitto, also while that is restarted. */
@RealComponent("mosquitto")
class MosquittoCenterTest extends CenterContract {
  private static final String PRINTED = "{\"state\":\"PRINTED\"}";
  private static MosquittoBroker broker;

  @BeforeAll
  static void start(@TempDir Path folder) {
    broker = MosquittoBroker.start(folder, "max_inflight_messages 5", "max_packet_size 70000");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  String broker() {
    return broker.url();
  }

  @Override
  boolean keepsForNobody() {
    return true;
  }

  @ConcurrentTest
  void getsAReplyThatIsGivenAfterTheBrokerWasRestarted(@TempDir Path folder) throws Exception {
    String place = "persistence_location " + folder + "/";
    try (MosquittoBroker lasting =
            MosquittoBroker.start(folder, "user root", "persistence true", place);
        ScriptedPoint point =
            new ScriptedPoint(
                lasting.url(),
                id,
                (p, c) -> {
                  if (p.received().size() > 1) {
                    p.reply(client, succeeded(c.id(), PRINTED));
                  }
                });
        Center center = Center.connect(URI.create(lasting.url()), client)) {
      CompletionStage<Printed> call = center.point(id).call("tickets", PRINT, TIMEOUT);
      await().until(() -> point.received().size() == 1);

      lasting.restart();
      await().until(point::isConnected);
      point.reply(client, succeeded(point.received().get(0).id(), PRINTED));

      assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
      // The broker kept the sessions: nothing was sent twice.
      assertThat(point.received()).hasSize(1);
      assertThat(result(center.point(id).call("tickets", PRINT, TIMEOUT))).isNotNull();
    }
  }

  @ConcurrentTest
  void sendsAgainUnderTheSameIdWhereTheBrokerForgotEverything(@TempDir Path folder)
      throws Exception {
    try (MosquittoBroker forgetful = MosquittoBroker.start(folder);
        ScriptedPoint point =
            new ScriptedPoint(
                forgetful.url(),
                id,
                (p, c) -> {
                  if (p.received().size() > 1) {
                    p.reply(client, succeeded(c.id(), PRINTED));
                  }
                });
        Center center = Center.connect(URI.create(forgetful.url()), client)) {
      CompletionStage<Printed> call = center.point(id).call("tickets", PRINT, TIMEOUT);
      await().until(() -> point.received().size() == 1);

      forgetful.kill();
      CompletionStage<Printed> offline = center.point(id).call("tickets", PRINT, TIMEOUT);
      forgetful.restart();

      assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
      assertThat(result(offline).state().is(Printed.State.PRINTED)).isTrue();
      assertThat(point.received()).extracting(ScriptedPoint.Received::id).hasSize(3);
      assertThat(point.received().get(1).command()).isEqualTo(point.received().get(0).command());
    }
  }

  @ConcurrentTest
  void carriesMoreCallsAtOnceThanTheBrokersWindow() throws Exception {
    try (ScriptedPoint point = point((p, c) -> p.reply(client, succeeded(c.id(), PRINTED)));
        Center center = center()) {
      List<CompletionStage<Printed>> calls = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        calls.add(center.point(id).call("tickets", PRINT, TIMEOUT));
      }
      for (CompletionStage<Printed> call : calls) {
        assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
      }
      assertThat(point.failures()).isEmpty();
      assertThat(point.received()).hasSize(300);
    }
  }

  @ConcurrentTest
  void obeysTheBrokersLargestPacket() throws Exception {
    try (ScriptedPoint point = point((p, c) -> p.reply(client, succeeded(c.id(), "{}")));
        Center center = center()) {
      var large = JsonNodeFactory.instance.objectNode().put("x", "y".repeat(70_000));
      var small = JsonNodeFactory.instance.objectNode().put("x", "y".repeat(69_000));

      Reply refused = result(center.point(id).call("d", "x-a.b", large, CallOptions.of(TIMEOUT)));
      Reply taken = result(center.point(id).call("d", "x-a.b", small, CallOptions.of(TIMEOUT)));

      assertThat(refused.error().orElseThrow().code().is(ErrorCode.TOO_LARGE)).isTrue();
      assertThat(taken.error()).isEmpty();
      assertThat(point.received()).hasSize(1);
    }
  }

  @ConcurrentTest
  void saysWhereNobodyIs(@TempDir Path folder) throws Exception {
    String url;
    try (MosquittoBroker gone = MosquittoBroker.start(folder)) {
      url = gone.url();
    }
    assertThatThrownBy(() -> Center.connect(URI.create(url), client))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("Connection refused");
  }

  @ConcurrentTest
  void saysThatTheBrokerRefuses(@TempDir Path folder) throws Exception {
    try (MosquittoBroker strict = MosquittoBroker.start(folder, "allow_anonymous false")) {
      assertThatThrownBy(() -> Center.connect(URI.create(strict.url()), client))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(strict.url())
          .hasMessageContaining("135");
    }
  }

  @ConcurrentTest
  void endsACallThatTheBrokerRefuses(@TempDir Path folder) throws Exception {
    Path acl = folder.resolve("acl");
    java.nio.file.Files.writeString(acl, "topic read doorstep/v1/+/reply/#\n");
    try (MosquittoBroker strict = MosquittoBroker.start(folder, "user root", "acl_file " + acl);
        Center center = Center.connect(URI.create(strict.url()), client)) {
      long start = System.nanoTime();

      var e = failure(center.point(id).call("reader", READ, TIMEOUT));

      assertThat(e.is(ErrorCode.NO_REPLY)).isTrue();
      assertThat(e).hasMessageContaining("135");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
