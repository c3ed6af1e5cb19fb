package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the center's client does with large documents over every broker. */
abstract class BlobContract extends PresenceContract {
  @ConcurrentTest
  void assemblesABlobInAnyOrderAlsoDoubledAlsoBeforeItsReply() throws Exception {
    byte[] photo = document(300_000);
    int piece = 64 * 1024;
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  Order order = Order.valueOf(c.id());
                  Content.Blob blob = ScriptedPoint.blob("b-" + order, photo, piece);
                  String reply = succeeded(c.id(), withPhoto(blob));
                  if (order != Order.BEFORE) {
                    p.reply(client, reply);
                  }
                  for (int n : order.of(5)) {
                    p.piece(client, blob.id(), n, ScriptedPoint.cut(photo, piece, n));
                  }
                  if (order == Order.BEFORE) {
                    p.reply(client, reply);
                  }
                });
        Center center = center()) {
      for (Order order : Order.values()) {
        CallOptions options = CallOptions.of(TIMEOUT).withId(order.name());
        Content content = result(center.point(id).call("reader", READ, options)).photo().get();

        assertThat(content).isInstanceOf(Content.Blob.class);
        assertThat(result(center.fetch(content))).as(order.name()).isEqualTo(photo);
        assertThat(result(center.fetch(content))).as("again").isEqualTo(photo);
      }
      assertThat(point.failures()).isEmpty();
    }
  }

  /** In which order the pieces come. */
  enum Order {
    RISING,
    FALLING,
    DOUBLED,
    BEFORE;

    List<Integer> of(int pieces) {
      List<Integer> all = new ArrayList<>();
      for (int n = 0; n < pieces; n++) {
        all.add(n);
        if (this == DOUBLED) {
          all.add(n / 2);
        }
      }
      if (this == FALLING) {
        Collections.reverse(all);
      }
      return all;
    }
  }

  @ConcurrentTest
  void givesTheBytesOfASmallDocumentAtOnce() throws Exception {
    try (Center center = center()) {
      CompletionStage<byte[]> bytes = center.fetch(Content.of("image/png", new byte[] {1, 2}));
      assertThat(bytes.toCompletableFuture()).isCompleted();
      assertThat(result(bytes)).containsExactly(1, 2);
    }
  }

  @ConcurrentTest
  void tellsADamagedAndAMissingPiece() throws Exception {
    byte[] photo = document(100_000);
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  Content.Blob blob = ScriptedPoint.blob("b-" + c.id(), photo, 40_000);
                  p.reply(client, succeeded(c.id(), withPhoto(blob)));
                  p.piece(client, blob.id(), 7, new byte[] {1});
                  p.piece(client, blob.id(), 0, ScriptedPoint.cut(photo, 40_000, 0));
                  p.piece(client, blob.id(), 1, ScriptedPoint.cut(photo, 40_000, 1));
                  if (c.id().equals("damaged")) {
                    byte[] last = ScriptedPoint.cut(photo, 40_000, 2);
                    last[17] ^= 1;
                    p.piece(client, blob.id(), 2, last);
                  }
                });
        Center center = center()) {
      for (String what : List.of("damaged", "missing")) {
        Content content =
            result(center.point(id).call("reader", READ, CallOptions.of(TIMEOUT).withId(what)))
                .photo()
                .get();

        CallFailedException e = failure(center.fetch(content, SHORT));

        assertThat(e.is(ErrorCode.BLOB_DAMAGED)).isTrue();
        assertThat(e)
            .hasMessageContaining(what.equals("damaged") ? "digest" : "2 of 3 pieces came");
      }
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void boundsTheMemoryOfDocuments() throws Exception {
    byte[] photo = document(60_000);
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  byte[] bytes = c.id().equals("large") ? document(120_001) : photo;
                  Content.Blob blob = ScriptedPoint.blob("b-" + c.id(), bytes, 60_000);
                  p.reply(client, succeeded(c.id(), withPhoto(blob)));
                  for (int n = 0; n < blob.pieces(); n++) {
                    p.piece(client, blob.id(), n, ScriptedPoint.cut(bytes, 60_000, n));
                  }
                });
        Center center = center(CenterOptions.standard().withRoom(120_000))) {
      List<Content> contents = new ArrayList<>();
      for (String name : List.of("one", "two", "three", "large")) {
        contents.add(
            result(center.point(id).call("reader", READ, CallOptions.of(TIMEOUT).withId(name)))
                .photo()
                .get());
      }

      assertThat(result(center.fetch(contents.get(2)))).isEqualTo(photo);
      assertThat(result(center.fetch(contents.get(1)))).isEqualTo(photo);
      assertThat(failure(center.fetch(contents.get(0))).is(ErrorCode.BLOB_DAMAGED)).isTrue();
      assertThat(failure(center.fetch(contents.get(3))).is(ErrorCode.DOCUMENT_TOO_LARGE)).isTrue();
      assertThat(point.failures()).isEmpty();
    }
  }
}
