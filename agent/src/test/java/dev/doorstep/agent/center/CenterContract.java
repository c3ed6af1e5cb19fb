package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.Printed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the center's client does with calls over every broker. */
abstract class CenterContract extends TransferContract {
  @ConcurrentTest
  void givesATypedResultAndSendsAWholeCommand() throws Exception {
    try (ScriptedPoint point =
            point(
                (p, c) ->
                    p.reply(
                        client,
                        succeeded(c.id(), "{\"type\":\"NEW_CARD\",\"name\":\"王某\",\"x\":[1]}")));
        Center center = center()) {
      IdCard card =
          result(center.point(id).call("reader", READ, CallOptions.of(TIMEOUT).withCase("2026-1")));

      assertThat(card.name()).contains("王某");
      assertThat(card.type().text()).isEqualTo("NEW_CARD");
      ScriptedPoint.Received command = point.received().get(0);
      assertThat(command.topic()).isEqualTo("doorstep/v1/" + id + "/command/reader");
      assertThat(command.command().operation()).isEqualTo("id-card.read");
      assertThat(command.command().parameters()).hasToString("{\"wait\":\"PT5S\"}");
      assertThat(command.command().timeout()).isEqualTo(TIMEOUT);
      assertThat(command.command().caseNumber()).contains("2026-1");
      assertThat(command.command().updates()).isFalse();
      assertThat(Names.valid(command.id())).isTrue();
      assertThat(command.message().getQos()).isEqualTo(1);
      assertThat(command.message().isRetained()).isFalse();
      var properties = command.message().getProperties();
      assertThat(properties.getResponseTopic()).isEqualTo("doorstep/v1/" + id + "/reply/" + client);
      assertThat(properties.getCorrelationData())
          .isEqualTo(command.id().getBytes(StandardCharsets.UTF_8));
      assertThat(properties.getMessageExpiryInterval()).isBetween(59L, 60L);
    }
  }

  @ConcurrentTest
  void failsWithTheFinalReply() throws Exception {
    String error =
        "{\"code\":\"NO_CARD\",\"kind\":\"DEVICE\",\"retryable\":true,"
            + "\"recovery\":\"place it\",\"detail\":\"SW3 80\"}";
    try (ScriptedPoint point =
            point(
                (p, c) ->
                    p.reply(
                        client,
                        "{\"id\":\""
                            + c.id()
                            + "\",\"state\":\"failed\",\"error\":"
                            + error
                            + "}"));
        Center center = center()) {
      CallFailedException e = failure(center.point(id).call("reader", READ, TIMEOUT));

      assertThat(e.is(ErrorCode.NO_CARD)).isTrue();
      assertThat(e.state().is(State.FAILED)).isTrue();
      assertThat(e.problem().orElseThrow().retryable()).isTrue();
      assertThat(e.reply().id()).contains(point.received().get(0).id());
      assertThat(e)
          .hasMessage("id-card.read at " + id + "/reader: failed NO_CARD (place it; SW3 80)");
    }
  }

  @ConcurrentTest
  void failsWhereTheResultIsNotOfItsRecord() throws Exception {
    try (ScriptedPoint point =
            point((p, c) -> p.reply(client, succeeded(c.id(), "{\"state\":17}")));
        Center center = center()) {
      assertThat(center.point(id).call("tickets", PRINT, TIMEOUT).toCompletableFuture())
          .failsWithin(TIMEOUT)
          .withThrowableThat()
          .withCauseInstanceOf(InvalidMessageException.class);
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void tellsUpdatesInOrderBeforeTheResult() throws Exception {
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  String head = "{\"id\":\"" + c.id() + "\",\"state\":";
                  p.reply(client, head + "\"accepted\",\"position\":2}");
                  p.reply(client, head + "\"running\",\"note\":\"waiting\"}");
                  p.reply(client, head + "\"pausing\"}");
                  p.reply(client, succeeded(c.id(), "{\"state\":\"PRINTED\"}"));
                });
        Center center = center()) {
      List<Reply> updates = new CopyOnWriteArrayList<>();

      Printed printed =
          result(
              center
                  .point(id)
                  .call("tickets", PRINT, CallOptions.of(TIMEOUT).withUpdates(updates::add)));

      assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
      assertThat(updates)
          .extracting(r -> r.state().text())
          .containsExactly("accepted", "running", "pausing");
      assertThat(updates.get(0).position()).hasValue(2);
      assertThat(updates.get(1).note()).contains("waiting");
      assertThat(point.received().get(0).command().updates()).isTrue();
    }
  }

  @ConcurrentTest
  void givesAnUntypedReplyAsItCame() throws Exception {
    try (ScriptedPoint point =
            point(
                (p, c) -> p.reply(client, succeeded(c.id(), "{\"b\":1,\"a\":{\"deep\":[null]}}")));
        Center center = center()) {
      var parameters = JsonNodeFactory.instance.objectNode().put("speed", 3);

      Reply reply =
          result(
              center
                  .point(id)
                  .call("lamp", "x-acme.blink", parameters, CallOptions.of(TIMEOUT).withId("a1")));

      assertThat(reply.id()).contains("a1");
      assertThat(reply.result().orElseThrow()).hasToString("{\"b\":1,\"a\":{\"deep\":[null]}}");
      assertThat(point.received().get(0).command().parameters()).isEqualTo(parameters);
    }
  }

  @ConcurrentTest
  void endsWithoutAReplyAfterExpiryTimeoutAndGrace() throws Exception {
    try (ScriptedPoint point = point((p, c) -> {});
        Center center = center(CenterOptions.standard().withGrace(Duration.ZERO))) {
      assertThat(result(center.point(id).isOnline())).isTrue(); // before the clock starts
      CallOptions options =
          CallOptions.of(Duration.ofMillis(300)).withExpiry(Duration.ofSeconds(3)).withId("same");
      long start = System.nanoTime();

      CallFailedException e = failure(center.point(id).call("reader", READ, options));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(3290), Duration.ofSeconds(10));
      assertThat(e.is(ErrorCode.NO_REPLY)).isTrue();
      assertThat(e.state().is(State.UNKNOWN)).isTrue();
      assertThat(point.received()).hasSize(1);
      // The same id may be sent again now, also untyped: then the reply itself says it.
      Reply again =
          result(center.point(id).call("reader", "id-card.read", Codec.tree(READ), options));
      assertThat(again.error().orElseThrow().code().is(ErrorCode.NO_REPLY)).isTrue();
    }
  }

  @ConcurrentTest
  void completesOnceAndIgnoresForeignReplies() throws Exception {
    String other = "p-" + Names.random();
    List<Reply> updates = new CopyOnWriteArrayList<>();
    try (ScriptedPoint stranger = new ScriptedPoint(broker(), other, (p, c) -> {});
        ScriptedPoint point =
            point(
                (p, c) -> {
                  p.reply(client, "no JSON");
                  p.reply(client, "{\"id\":\"" + c.id() + "\"}");
                  p.reply(client, succeeded("unknown-id", "{\"state\":\"SPOOLED\"}"));
                  p.reply(client, succeeded(c.id(), "{\"state\":\"PRINTED\"}"));
                  p.reply(client, succeeded(c.id(), "{\"state\":\"SPOOLED\"}"));
                  p.reply(client, "{\"id\":\"" + c.id() + "\",\"state\":\"running\"}");
                });
        Center center = center()) {
      CallOptions options = CallOptions.of(TIMEOUT).withId("a1").withUpdates(updates::add);
      CompletionStage<Printed> asked = center.point(other).call("tickets", PRINT, options);

      Printed printed = result(center.point(id).call("tickets", PRINT, options));
      Printed second =
          result(center.point(id).call("tickets", PRINT, CallOptions.of(TIMEOUT).withId("a2")));

      assertThat(printed.state().is(Printed.State.PRINTED)).isTrue();
      assertThat(second.state().is(Printed.State.PRINTED)).isTrue();
      assertThat(updates).isEmpty();
      assertThat(point.failures()).isEmpty();
      assertThat(asked.toCompletableFuture()).isNotDone();
      assertThat(stranger.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void refusesASecondCallUnderAnIdThatIsUnderWay() throws Exception {
    try (Center center = center()) {
      CallOptions options = CallOptions.of(TIMEOUT).withId("a1");
      CompletionStage<?> first = center.point(id).call("reader", READ, options);

      assertThatThrownBy(() -> center.point(id).call("reader", READ, options))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(first.toCompletableFuture()).isNotDone();
    }
  }

  @ConcurrentTest
  void takesAReplyWithoutIdByItsCorrelationData() throws Exception {
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  var message =
                      new org.eclipse.paho.mqttv5.common.MqttMessage(
                          "{\"state\":\"cancelled\"}".getBytes(StandardCharsets.UTF_8));
                  var properties = new org.eclipse.paho.mqttv5.common.packet.MqttProperties();
                  properties.setCorrelationData(c.message().getProperties().getCorrelationData());
                  message.setProperties(properties);
                  message.setQos(1);
                  p.publish(c.message().getProperties().getResponseTopic(), message);
                });
        Center center = center()) {
      CallFailedException e = failure(center.point(id).call("reader", READ, TIMEOUT));

      assertThat(point.failures()).isEmpty();
      assertThat(e.state().is(State.CANCELLED)).isTrue();
      assertThat(e.problem()).isEmpty();
    }
  }

  @ConcurrentTest
  void refusesACommandThatIsTooLarge() throws Exception {
    try (Center center = center()) {
      var parameters = JsonNodeFactory.instance.objectNode().put("x", "y".repeat(128 * 1024));

      Reply reply =
          result(
              center
                  .point(id)
                  .call("reader", "x-a.b", parameters, CallOptions.of(TIMEOUT).withQueued(true)));

      assertThat(reply.state().is(State.REJECTED)).isTrue();
      assertThat(reply.error().orElseThrow().code().is(ErrorCode.TOO_LARGE)).isTrue();
    }
  }

  @ConcurrentTest
  void waitsForAPointThatComesBeforeTheCommandExpires() throws Exception {
    try (Center center = center()) {
      CallOptions queued = CallOptions.of(TIMEOUT).withQueued(true);
      CompletionStage<Printed> call = center.point(id).call("tickets", PRINT, queued);
      CompletionStage<Printed> late =
          center.point(id + "x").call("tickets", PRINT, queued.withExpiry(SHORT));
      if (keepsForNobody()) {
        assertThat(failure(late).is(ErrorCode.EXPIRED)).isTrue();
        try (ScriptedPoint point =
            point((p, c) -> p.reply(client, succeeded(c.id(), "{\"state\":\"PRINTED\"}")))) {
          assertThat(result(call).state().is(Printed.State.PRINTED)).isTrue();
          assertThat(point.failures()).isEmpty();
        }
      }
    }
  }

  @ConcurrentTest
  void closesWithCallsUnderWay() throws Exception {
    Center center = center();
    CompletionStage<?> call = center.point(id).call("reader", READ, TIMEOUT);

    center.close();

    assertThat(failure(call).is(ErrorCode.NO_REPLY)).isTrue();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains(client)));
    assertThatThrownBy(() -> center.point(id).call("reader", READ, TIMEOUT))
        .isInstanceOf(IllegalStateException.class);
  }

  @ConcurrentTest
  void mayBeClosedFromACompletion() throws Exception {
    try (ScriptedPoint point =
        point((p, c) -> p.reply(client, succeeded(c.id(), "{\"state\":\"PRINTED\"}")))) {
      Center center = center();

      result(
          center
              .point(id)
              .call("tickets", PRINT, TIMEOUT)
              .whenComplete((printed, e) -> center.close()));

      assertThat(point.failures()).isEmpty();
    }
  }
}
