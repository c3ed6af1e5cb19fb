package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.Received;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.operation.ResendPieces;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** What the center's client does about pieces that get lost, both ways, over every broker. */
abstract class TransferContract extends BlobContract {
  static final int PIECE = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** An operation whose parameters hold a document. */
  record PrintDocument(Content document) implements Operation<Printed> {
    static final OperationType<PrintDocument, Printed> TYPE =
        new OperationType<>("document.print", PrintDocument.class, Printed.class);

    @Override
    public OperationType<PrintDocument, Printed> type() {
      return TYPE;
    }
  }

  /** A point that announces a document, sends some of its pieces, and more when it is asked. */
  ScriptedPoint sending(byte[] document, Set<Integer> lost) throws Exception {
    return sending(broker(), document, lost);
  }

  /** The same at another broker. */
  ScriptedPoint sending(String broker, byte[] document, Set<Integer> lost) throws Exception {
    return new ScriptedPoint(
            broker,
            id,
            (p, c) -> {
              Content.Blob blob = ScriptedPoint.blob("b-" + c.id(), document, PIECE);
              p.reply(client, succeeded(c.id(), withPhoto(blob)));
              for (int n = blob.pieces() - 1; n >= 0; n--) {
                if (!lost.contains(n)) {
                  p.piece(client, blob.id(), n, ScriptedPoint.cut(document, PIECE, n));
                }
              }
            })
        .withAgent((p, c) -> resend(p, c, document));
  }

  void resend(ScriptedPoint point, ScriptedPoint.Received command, byte[] document)
      throws Exception {
    if (!command.command().operation().equals("agent.resend")) {
      point.reply(client, succeeded(command.id(), "{\"released\":true}"));
      return;
    }
    ResendPieces asked = Codec.parameters(ResendPieces.TYPE, command.command().parameters());
    point.reply(client, succeeded(command.id(), "{\"pieces\":" + asked.pieces().size() + "}"));
    for (int n : asked.pieces()) {
      point.piece(client, asked.blob(), n, ScriptedPoint.cut(document, PIECE, n));
      point.piece(client, asked.blob(), n, ScriptedPoint.cut(document, PIECE, n));
    }
  }

  Content photo(Center center, String command) throws Exception {
    CallOptions options = CallOptions.of(TIMEOUT).withId(command);
    return result(center.point(id).call("reader", READ, options)).photo().get();
  }

  @ConcurrentTest
  void asksForPiecesThatAreMissingAndReleasesTheWhole(@TempDir Path folder) throws Exception {
    byte[] document = document(700_000);
    try (ScriptedPoint point = sending(document, Set.of(0, 3, 10));
        Center center = center()) {
      Content content = photo(center, "a");
      Path file = Files.writeString(folder.resolve("page.jpg"), "an older one");

      assertThat(result(center.save(content, file, PATIENCE))).isEqualTo(file);

      assertThat(Files.readAllBytes(file)).isEqualTo(document);
      assertThat(folder).isDirectoryContaining(it -> it.equals(file));
      try (InputStream in = result(center.open(content, PATIENCE))) {
        assertThat(in.readAllBytes()).isEqualTo(document);
      }
      await().until(() -> point.asked().size() == 2);
      ResendPieces asked =
          Codec.parameters(ResendPieces.TYPE, point.asked().get(0).command().parameters());
      assertThat(asked.pieces()).containsExactly(0, 3, 10);
      assertThat(
              Codec.parameters(ReleaseBlob.TYPE, point.asked().get(1).command().parameters())
                  .blob())
          .isEqualTo("b-a");
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void aPointThatNoLongerHasTheDocumentEndsTheFetch() throws Exception {
    try (ScriptedPoint point =
            sending(document(100_000), Set.of(1))
                .withAgent(
                    (p, c) ->
                        p.reply(
                            client,
                            "{\"id\":\""
                                + c.id()
                                + "\",\"state\":\"failed\",\"error\":{\"code\":\"GONE\","
                                + "\"kind\":\"AGENT\"}}"));
        Center center = center()) {
      assertThat(failure(center.fetch(photo(center, "a"), PATIENCE)).is(ErrorCode.GONE)).isTrue();
      assertThat(point.failures()).isEmpty();
    }
  }

  /** What a point has got of documents that came up; it loses some pieces the first time. */
  final class Shelf implements ScriptedPoint.Uploads {
    private final Map<String, Map<Integer, byte[]>> pieces = new ConcurrentHashMap<>();
    private final Set<Integer> losing;

    Shelf(Set<Integer> losing) {
      this.losing = new HashSet<>(losing);
    }

    @Override
    public synchronized void piece(String blob, int n, byte[] piece) {
      if (!losing.remove(n)) {
        pieces.computeIfAbsent(blob, it -> new TreeMap<>()).put(n, piece);
      }
    }

    synchronized byte[] document(String blob) {
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      pieces.getOrDefault(blob, Map.of()).values().forEach(all::writeBytes);
      return all.toByteArray();
    }

    void agent(ScriptedPoint point, ScriptedPoint.Received command) throws Exception {
      if (command.command().operation().equals("agent.release")) {
        point.reply(client, succeeded(command.id(), "{\"released\":true}"));
        return;
      }
      CountReceived asked = Codec.parameters(CountReceived.TYPE, command.command().parameters());
      Content.Blob blob = (Content.Blob) asked.document();
      Map<Integer, byte[]> got = pieces.getOrDefault(blob.id(), Map.of());
      List<Integer> missing =
          IntStream.range(0, blob.pieces()).filter(n -> !got.containsKey(n)).boxed().toList();
      Received answer = new Received(missing.isEmpty(), missing);
      point.reply(
          client,
          succeeded(
              command.id(),
              new String(Codec.write(answer), java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  @ConcurrentTest
  void sendsADocumentUpAndAgainWhatThePointHasNotGot(@TempDir Path folder) throws Exception {
    byte[] document = document(1_000_000);
    Path file = Files.write(folder.resolve("form.pdf"), document);
    Shelf shelf = new Shelf(Set.of(0, 2, 7));
    try (ScriptedPoint point = point((p, c) -> {}).withUploads(shelf).withAgent(shelf::agent);
        Center center = center()) {
      Content content = result(center.upload(id, "application/pdf", file));

      assertThat(content).isInstanceOf(Content.Blob.class);
      assertThat(content.contentType()).isEqualTo("application/pdf");
      assertThat(shelf.document(((Content.Blob) content).id())).isEqualTo(document);
      // Artemis has a queue for each topic, so that a question may overtake the pieces before it
      assertThat(point.asked()).hasSizeBetween(2, 4);
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void sendsLargeDocumentsOfParametersUpFirst() throws Exception {
    byte[] document = document(200_000);
    Shelf shelf = new Shelf(Set.of(1));
    try (ScriptedPoint point =
            point(
                    (p, c) -> {
                      Content content =
                          Codec.read(Content.class, c.command().parameters().path("document"));
                      byte[] there = shelf.document(((Content.Blob) content).id());
                      boolean whole = java.util.Arrays.equals(there, document);
                      p.reply(
                          client,
                          succeeded(
                              c.id(), "{\"state\":\"" + (whole ? "PRINTED" : "SPOOLED") + "\"}"));
                    })
                .withUploads(shelf)
                .withAgent(shelf::agent);
        Center center = center()) {
      PrintDocument print = new PrintDocument(Content.of("application/pdf", document));
      CallOptions options = CallOptions.of(TIMEOUT).withId("a1");

      Printed printed = result(center.point(id).call("printer", print, options));
      Printed repeated = result(center.point(id).call("printer", print, options));

      assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
      assertThat(repeated.state().is(Printed.State.PRINTED)).isTrue();
      assertThat(point.received().get(1).command())
          .as("a repeat is the same command")
          .isEqualTo(point.received().get(0).command());
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void doesNotSendUpToAPointThatIsNotOnlineOrDoesNotKnowHow() throws Exception {
    PrintDocument print = new PrintDocument(Content.of("application/pdf", document(60_000)));
    try (Center center = center()) {
      assertThat(failure(center.point(id).call("printer", print, TIMEOUT)).is(ErrorCode.NOT_ONLINE))
          .isTrue();
      try (ScriptedPoint old = point((p, c) -> {})) {
        await().until(() -> result(center.point(id).isOnline()));
        assertThat(
                failure(center.point(id).call("printer", print, TIMEOUT)).is(ErrorCode.UNSUPPORTED))
            .isTrue();
        assertThat(old.received()).isEmpty();
        assertThat(old.failures()).isEmpty();
      }
    }
  }

  @ConcurrentTest
  void aSecondCallUnderAnIdThatIsUnderWayLeavesTheFirstItsDocument() throws Exception {
    byte[] document = document(100_000);
    Shelf shelf = new Shelf(Set.of());
    try (ScriptedPoint point = point((p, c) -> {}).withUploads(shelf).withAgent(shelf::agent);
        Center center = center()) {
      PrintDocument print = new PrintDocument(Content.of("application/pdf", document));
      CallOptions options = CallOptions.of(TIMEOUT).withId("a1");
      CompletionStage<Printed> first = center.point(id).call("printer", print, options);
      for (int i = 0; i < 2; i++) { // while it goes up, and while it is carried out
        assertThatThrownBy(() -> center.point(id).call("printer", print, options))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("under way");
        await().until(() -> point.received().size() == 1);
      }

      assertThat(point.asked())
          .extracting(it -> it.command().operation())
          .containsOnly("agent.received");
      point.reply(client, succeeded("a1", "{\"state\":\"PRINTED\"}"));
      assertThat(result(first).state().is(Printed.State.PRINTED)).isTrue();
      await()
          .until(
              () ->
                  point.asked().stream()
                      .anyMatch(it -> it.command().operation().equals("agent.release")));
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void aQueuedCallWithALargeDocumentWaitsForItsPoint() throws Exception {
    Shelf shelf = new Shelf(Set.of());
    PrintDocument print = new PrintDocument(Content.of("application/pdf", document(100_000)));
    CallOptions queued = CallOptions.of(TIMEOUT).withQueued(true);
    try (Center center = center()) {
      CompletionStage<Printed> call = center.point(id).call("printer", print, queued);
      CompletionStage<Printed> late =
          center.point(id + "x").call("printer", print, queued.withExpiry(SHORT).withId("a1"));

      assertThat(failure(late).is(ErrorCode.EXPIRED)).isTrue();
      CompletionStage<Printed> again =
          center.point(id + "x").call("printer", print, queued.withExpiry(SHORT).withId("a1"));
      assertThat(failure(again).is(ErrorCode.EXPIRED)).as("its id is free again").isTrue();
      assertThat(call.toCompletableFuture()).isNotDone();
      try (ScriptedPoint point =
          point((p, c) -> p.reply(client, succeeded(c.id(), "{\"state\":\"PRINTED\"}")))
              .withUploads(shelf)
              .withAgent(shelf::agent)) {
        assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
        assertThat(point.failures()).isEmpty();
      }
    }
  }
}
