package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.Received;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.Resent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How calls end that have no broker at all. */
class CallsTest {
  private static final Duration INSTANT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService files = Executors.newSingleThreadExecutor();
  private final CenterOptions options =
      CenterOptions.standard().withGrace(Duration.ZERO).withLocale(Locale.ENGLISH);
  private final Calls calls =
      new Calls(
          "hall",
          options,
          clock,
          new Presence(clock, INSTANT),
          new Blobs(options, clock, files, new Deaf(), INSTANT));

  /** A point that is not asked for anything here. */
  private static final class Deaf implements Remote {
    @Override
    public CompletionStage<Resent> resend(String point, ResendPieces pieces) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Received> received(String point, Content.Blob blob) {
      return new CompletableFuture<>();
    }

    @Override
    public void release(String point, String blob) {
      throw new AssertionError("there are no documents here");
    }
  }

  @AfterEach
  void stop() {
    calls.close();
    clock.shutdownNow();
    files.shutdownNow();
  }

  private static <R> PendingCall<R> call(Duration patience, PendingCall.Reading<R> reading) {
    return new PendingCall<>(
        new PendingCall.Key("p", "a1"),
        "reader",
        Command.of("a1", new ReadDeviceStatus(), patience),
        patience,
        Optional.empty(),
        reading);
  }

  private static Message succeeded() {
    return Message.of(
        "doorstep/v1/p/reply/hall",
        "{\"id\":\"a1\",\"state\":\"succeeded\",\"result\":{}}".getBytes(StandardCharsets.UTF_8));
  }

  private PendingCall<Reply> endedWithoutReply() throws Exception {
    PendingCall<Reply> one = call(INSTANT, reply -> reply);
    one.sent(true);
    calls.begin(one, true);
    Reply end = one.result().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(end.error().orElseThrow().code().is(ErrorCode.NO_REPLY)).isTrue();
    return one;
  }

  @Test
  void aLateRefusalOfAnEndedCallDoesNotTouchItsRepeat() throws Exception {
    PendingCall<Reply> one = endedWithoutReply();
    PendingCall<Reply> two = call(LONG, reply -> reply);
    calls.begin(two, true);

    calls.refused(one, 0x97);
    calls.expired(one);
    calls.tooLarge(one, "too large");
    calls.arrived("p", succeeded());

    CompletableFuture<Reply> repeat = two.result().toCompletableFuture();
    assertThat(repeat).succeedsWithin(Duration.ofSeconds(10));
    assertThat(repeat.get().state().is(State.SUCCEEDED)).isTrue();
  }

  @Test
  void aRepeatKeepsItsDeadlineWhenTheCallBeforeIsRefusedLate() throws Exception {
    PendingCall<Reply> one = endedWithoutReply();
    PendingCall<Reply> two = call(Duration.ofMillis(300), reply -> reply);
    calls.begin(two, true);

    calls.refused(one, 0x97);

    assertThat(two.result().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aReadingThatFailsInAnyWayEndsTheCall() {
    IllegalStateException broken = new IllegalStateException("this result cannot be read");
    PendingCall<String> call =
        call(
            LONG,
            reply -> {
              throw broken;
            });
    calls.begin(call, true);

    calls.arrived("p", succeeded());

    assertThat(call.result().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCause(broken);
  }
}
