package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees of points where the broker does not let it look, or not at once. */
class LookingTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int NOT_AUTHORIZED = 0x87;

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
    return Center.connect(broker.url(), "hall", CenterOptions.standard());
  }

  private static int unlessAbout(String part, String filter, int reason) {
    return filter.contains(part) ? reason : 1;
  }

  private void status(String point, String state) {
    broker.keeps(
        new Topics(point).status(), "{\"state\":\"" + state + "\",\"session\":\"" + point + "\"}");
    broker.keeps(
        new Topics(point).about(),
        "{\"record\":\"OPEN\",\"since\":\"2026-01-02T03:04:05Z\",\"version\":\"1\","
            + "\"devices\":[],\"session\":\""
            + point
            + "\"}");
  }

  @Test
  void aRefusedSubscriptionIsNotTheSameAsNoPoints() throws Exception {
    broker.onSubscribe(filter -> unlessAbout("+/status", filter, NOT_AUTHORIZED));
    try (Center center = center()) {
      assertThat(center.points().toCompletableFuture())
          .failsWithin(LONG)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(IOException.class)
          .withMessageContaining("0x87");
    }
  }

  @Test
  void pointsAreSeenAlsoWhereDevicesAreNot() throws Exception {
    broker.onSubscribe(filter -> unlessAbout("/device/", filter, NOT_AUTHORIZED));
    try (Center center = center()) {
      assertThat(center.points().toCompletableFuture()).succeedsWithin(LONG);
    }
  }

  @Test
  void aConnectionThatIsLostIsNotTheSameAsNoPoints() {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Census census = new Census(clock, Duration.ofMillis(1500));
      census.run();
      census.begun();
      census.interrupted();

      assertThat(census.result())
          .failsWithin(LONG)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(IOException.class)
          .withMessageContaining("did not answer");
    } finally {
      clock.shutdownNow();
    }
  }

  @Test
  void closingEndsTheLooking() throws Exception {
    CompletableFuture<List<KnownPoint>> points;
    try (Center center = center()) {
      points = center.points().toCompletableFuture();
    }
    assertThat(points).failsWithin(LONG);
  }

  @Test
  void aForbiddenPointHidesNoOthersAfterAReconnect() throws Exception {
    status("here", "online");
    status("gone", "lost");
    broker.onSubscribe(filter -> unlessAbout("/secret/", filter, NOT_AUTHORIZED));
    try (Center center = center()) {
      isOnline(center, "here", true);
      isOnline(center, "gone", false);
      isOnline(center, "secret", true);
      isOnline(center, "never", false);

      broker.cut();
      await().atMost(LONG).until(() -> broker.connections() == 2);

      isOnline(center, "never", false);
      isOnline(center, "secret", true);
      isOnline(center, "gone", false);
      isOnline(center, "here", true);
    }
  }

  private static void isOnline(Center center, String point, boolean expected) {
    assertThat(center.point(point).isOnline().toCompletableFuture())
        .succeedsWithin(LONG)
        .as(point)
        .isEqualTo(expected);
  }
}
