package dev.doorstep.agent.center;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.center.ScriptedPoint.Script;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.center.CenterOptions;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.testing.LeavesNothing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the center's client share: a broker, a client's and a point's name. */
@ExtendWith(LeavesNothing.class)
abstract class CenterFixture {
  static final Duration SHORT = Duration.ofSeconds(1);
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final ReadIdCard READ = new ReadIdCard(Duration.ofSeconds(5));
  static final PrintTicket PRINT =
      new PrintTicket(List.of(TicketLine.text("您好")), PrintTicket.Cut.FULL);

  final String client = "hall-" + Names.random();
  final String id = "p-" + Names.random();

  abstract String broker();

  Center center() throws IOException {
    return center(CenterOptions.standard());
  }

  Center center(CenterOptions options) throws IOException {
    return Center.connect(URI.create(broker()), client, options.withLocale(Locale.ENGLISH));
  }

  ScriptedPoint point(Script script) throws Exception {
    return new ScriptedPoint(broker(), id, script);
  }

  static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static CallFailedException failure(CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    assertThat(future).failsWithin(Duration.ofSeconds(20));
    try {
      future.get();
      throw new AssertionError("it did not fail");
    } catch (ExecutionException | InterruptedException e) {
      assertThat(e.getCause()).isInstanceOf(CallFailedException.class);
      return (CallFailedException) e.getCause();
    }
  }

  static String succeeded(String id, String result) {
    return "{\"id\":\"" + id + "\",\"state\":\"succeeded\",\"result\":" + result + "}";
  }

  static String withPhoto(Content photo) {
    return "{\"type\":\"RESIDENT\",\"photo\":" + Codec.tree(photo) + "}";
  }

  static byte[] document(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Whether the broker tells that nobody subscribed, so that the client sends again. */
  abstract boolean keepsForNobody();
}
