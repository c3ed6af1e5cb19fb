package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      await().until(() -> point.reconnects() == 1);
      point.reply(client, succeeded(point.received().get(0).id(), PRINTED));

      assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
      // The broker kept the sessions: nothing was sent twice.
      assertThat(point.received()).hasSize(1);
      // the point may still be telling that it is online again
      CallOptions waiting = CallOptions.of(TIMEOUT).withQueued(true);
      assertThat(result(center.point(id).call("tickets", PRINT, waiting))).isNotNull();
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
      assertThat(point.received().subList(1, 3))
          .extracting(ScriptedPoint.Received::command)
          .contains(point.received().get(0).command());
    }
  }

  @ConcurrentTest
  void asksForPiecesAlsoAfterTheBrokerForgotEverything(@TempDir Path folder) throws Exception {
    byte[] document = document(500_000);
    try (MosquittoBroker forgetful = MosquittoBroker.start(folder);
        ScriptedPoint point = sending(forgetful.url(), document, Set.of(1, 2, 5));
        Center center = Center.connect(URI.create(forgetful.url()), client)) {
      Content content = photo(center, "a");
      CompletionStage<byte[]> fetched = center.fetch(content, Duration.ofSeconds(20));

      forgetful.kill();
      forgetful.restart();
      await().until(() -> point.reconnects() == 1);

      assertThat(result(fetched)).isEqualTo(document);
      assertThat(point.received()).as("the command itself is not sent again").hasSize(1);
    }
  }

  @ConcurrentTest
  void sendsADocumentUpOverARestartOfTheBroker(@TempDir Path folder) throws Exception {
    byte[] document = document(3_000_000);
    Shelf shelf = new Shelf(Set.of());
    CountDownLatch some = new CountDownLatch(5);
    try (MosquittoBroker forgetful = MosquittoBroker.start(folder);
        ScriptedPoint point =
            new ScriptedPoint(forgetful.url(), id, (p, c) -> {})
                .withUploads(
                    (blob, n, piece) -> {
                      shelf.piece(blob, n, piece);
                      some.countDown();
                    })
                .withAgent(shelf::agent);
        Center center = Center.connect(URI.create(forgetful.url()), client)) {
      CompletionStage<Content> sent =
          center.upload(id, "image/jpeg", () -> new ByteArrayInputStream(document));
      assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();

      forgetful.kill();
      forgetful.restart();

      Content.Blob blob = (Content.Blob) result(sent);
      assertThat(shelf.document(blob.id())).isEqualTo(document);
      assertThat(point.asked()).isNotEmpty();
    }
  }

  /** With {@code -Ddoorstep.document=104857600}, a document of 100 MiB. */
  @ConcurrentTest
  void documentsLargerThanTheHeapGoDownAndUp(@TempDir Path folder) throws Exception {
    byte[] document = document(Integer.getInteger("doorstep.document", 33 << 20));
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    Path file = folder.resolve("large");
    Path output = folder.resolve("output");
    try (ScriptedPoint point =
        sending(document, Set.of(3, 77))
            .withUploads((blob, n, piece) -> seen.add(n))
            .withAgent(
                (p, c) -> {
                  if (c.command().operation().equals("agent.received")) {
                    p.reply(client, succeeded(c.id(), "{\"complete\":true}"));
                  } else {
                    resend(p, c, document);
                  }
                })) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + (document.length > 64 << 20 ? 64 : 32) + "m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LittleMemory.class.getName(),
                  broker(),
                  client,
                  id,
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(output).content().endsWith(document.length + " " + document.length + "\n");
      assertThat(java.nio.file.Files.readAllBytes(file)).isEqualTo(document);
      assertThat(seen).hasSize((document.length + PIECE - 1) / PIECE);
      assertThat(point.failures()).isEmpty();
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
          .hasMessageContaining("0x87");
    }
  }

  @ConcurrentTest
  void endsACallThatTheBrokerRefuses(@TempDir Path folder) throws Exception {
    Path acl = folder.resolve("acl");
    java.nio.file.Files.writeString(acl, "topic read doorstep/v1/+/reply/#\n");
    try (MosquittoBroker strict = MosquittoBroker.start(folder, "user root", "acl_file " + acl);
        Center center = Center.connect(URI.create(strict.url()), client)) {
      long start = System.nanoTime();

      CallOptions queued = CallOptions.of(TIMEOUT).withQueued(true);
      var e = failure(center.point(id).call("reader", READ, queued));

      assertThat(e.is(ErrorCode.NO_REPLY)).isTrue();
      assertThat(e).hasMessageContaining("0x87");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
