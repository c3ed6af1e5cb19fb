package dev.doorstep.agent.center;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.protocol.center.KnownPoint;
import dev.doorstep.protocol.center.PointListener;
import dev.doorstep.protocol.center.Watch;
import dev.doorstep.protocol.operation.Printed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the center's client knows of who is online, over every broker. */
abstract class PresenceContract extends CenterFixture {
  private static final String PRINTED = "{\"state\":\"PRINTED\"}";

  private ScriptedPoint printing() throws Exception {
    return point((p, c) -> p.reply(client, succeeded(c.id(), PRINTED)));
  }

  private void isOnline(Center center, boolean expected) {
    await()
        .untilAsserted(() -> assertThat(result(center.point(id).isOnline())).isEqualTo(expected));
  }

  @ConcurrentTest
  void failsFastForAPointThatNeverWasThere() throws Exception {
    try (Center center = center()) {
      List<CompletionStage<Printed>> calls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        calls.add(center.point(id).call("tickets", PRINT, CallOptions.of(TIMEOUT)));
      }
      for (CompletionStage<Printed> call : calls) {
        CallFailedException e = failure(call);
        assertThat(e.is(ErrorCode.NOT_ONLINE)).isTrue();
        assertThat(e.state().is(State.REJECTED)).isTrue();
        assertThat(e).hasMessageContaining("no status at the broker");
      }
      assertThat(result(center.point(id).isOnline())).isFalse();

      try (ScriptedPoint point = printing()) {
        isOnline(center, true);
        assertThat(result(center.point(id).call("tickets", PRINT, TIMEOUT))).isNotNull();
        assertThat(point.received()).hasSize(1);
      }
    }
  }

  @ConcurrentTest
  void failsFastForAPointThatIsGoneAndGoesOnWhenItIsBack() throws Exception {
    try (Center center = center()) {
      try (ScriptedPoint point = printing()) {
        assertThat(result(center.point(id).call("tickets", PRINT, TIMEOUT))).isNotNull();
        point.tellStatus(ScriptedPoint.status("lost", point.session())); // as its will would
        isOnline(center, false);
        assertThat(failure(center.point(id).call("tickets", PRINT, TIMEOUT)))
            .hasMessageContaining("NOT_ONLINE")
            .hasMessageContaining("it is lost");
      }
      CompletionStage<Printed> queued =
          center.point(id).call("tickets", PRINT, CallOptions.of(TIMEOUT).withQueued(true));
      try (ScriptedPoint point = printing()) {
        assertThat(result(queued)).isNotNull();
        isOnline(center, true);
        point.tellStatus(ScriptedPoint.status("offline", point.session()));
        isOnline(center, false);
        assertThat(failure(center.point(id).call("tickets", PRINT, TIMEOUT)))
            .hasMessageContaining("it is offline");
      }
    }
  }

  @ConcurrentTest
  void aLateWillOfAnOldSessionDoesNotMakeAPointLost() throws Exception {
    try (ScriptedPoint point = printing();
        Center center = center()) {
      isOnline(center, true);

      point.tellStatus(ScriptedPoint.status("online", "s2"));
      point.tellStatus(ScriptedPoint.status("lost", point.session()));
      point.tellAbout("s2");
      for (int i = 0; i < 5; i++) {
        assertThat(result(center.point(id).call("tickets", PRINT, TIMEOUT))).isNotNull();
      }
      try (Center later = Center.connect(java.net.URI.create(broker()), client + "-2")) {
        assertThat(result(later.point(id).isOnline())).as("by the retained about").isTrue();
      }

      point.tellStatus(ScriptedPoint.status("lost", "s2"));
      isOnline(center, false);
    }
  }

  @ConcurrentTest
  void tellsWhoeverWatchesWhatPointsKeepAndWhatTheyTell() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    PointListener listener =
        new PointListener() {
          @Override
          public void status(String point, PointStatus status) {
            if (point.equals(id)) {
              heard.add("status " + status.state());
            }
          }

          @Override
          public void about(String point, PointAbout about) {
            if (point.equals(id)) {
              heard.add("about " + about.devices());
            }
          }

          @Override
          public void device(String point, String device, DeviceStatus status) {
            if (point.equals(id)) {
              heard.add(device + " " + status.state());
            }
          }

          @Override
          public void event(String point, String device, DeviceEvent event) {
            if (point.equals(id)) {
              heard.add(device + " " + event.event());
              throw new IllegalStateException("a listener's own defect");
            }
          }
        };
    try (ScriptedPoint point = printing();
        Center center = center()) {
      String device =
          "{\"state\":\"READY\",\"since\":\"2026-01-02T03:04:05Z\",\"kind\":\"k\",\"driver\":\"d\","
              + "\"session\":\"s1\"}";
      String event =
          "{\"id\":\"e\",\"event\":\"card.placed\",\"time\":\"2026-01-02T03:04:05Z\","
              + "\"session\":\"s1\",\"sequence\":1,\"data\":{}}";
      Watch watch = center.watch(listener);
      await().untilAsserted(() -> assertThat(heard).contains("status online", "about [reader]"));

      point.publish("doorstep/v1/" + id + "/status", new byte[] {'{'});
      await()
          .untilAsserted(
              () -> { // again and again: devices and events have a subscription of their own
                point.publish("doorstep/v1/" + id + "/device/reader", device.getBytes(UTF_8));
                point.publish("doorstep/v1/" + id + "/event/reader", event.getBytes(UTF_8));
                point.publish("doorstep/v1/" + id + "/event/pad", event.getBytes(UTF_8));
                assertThat(heard).contains("reader READY", "reader card.placed", "pad card.placed");
              });
      watch.close();
      KnownPoint known =
          result(center.points()).stream()
              .filter(it -> it.id().equals(id))
              .findFirst()
              .orElseThrow();
      assertThat(known.isOnline()).isTrue();
      assertThat(known.about().orElseThrow().name()).contains("测试");
      assertThat(point.failures()).isEmpty();
    }
  }

  @ConcurrentTest
  void theSameIdMayBeSentAgainAfterNoReplyAndGetsTheStoredOne() throws Exception {
    try (ScriptedPoint point =
            point(
                (p, c) -> {
                  if (p.received().size() > 1) { // as a point that knows the id answers again
                    p.reply(client, succeeded("first", "{\"state\":\"SPOOLED\"}"));
                    p.reply(client, succeeded(c.id(), PRINTED));
                    p.reply(client, succeeded(c.id(), PRINTED));
                  }
                });
        Center center = center(CenterOptions.standard().withGrace(Duration.ZERO))) {
      assertThat(result(center.point(id).isOnline())).isTrue(); // before the clock starts
      CallOptions options = CallOptions.of(SHORT).withExpiry(Duration.ofSeconds(3)).withId("same");
      assertThat(failure(center.point(id).call("tickets", PRINT, options)).is(ErrorCode.NO_REPLY))
          .isTrue();
      List<Printed> told = new CopyOnWriteArrayList<>();

      CompletionStage<Printed> again =
          center
              .point(id)
              .call("tickets", PRINT, CallOptions.of(TIMEOUT).withId("same"))
              .whenComplete((it, e) -> told.add(it));

      assertThat(result(again).state().is(Printed.State.PRINTED)).isTrue();
      assertThat(result(center.point(id).isOnline())).isTrue();
      assertThat(told).as("once").hasSize(1);
      assertThat(point.received()).extracting(ScriptedPoint.Received::id).containsOnly("same");
    }
  }
}
