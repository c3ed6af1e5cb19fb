package dev.doorstep.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.device.ScriptedDriver;
import dev.doorstep.agent.device.ScriptedDriver.Acted;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.operation.Description;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentOperationsTest {
  @TempDir private Path data;
  private final ScriptedDriver driver = new ScriptedDriver();
  private final CountDownLatch release = new CountDownLatch(1);
  private House house;

  @BeforeEach
  void start() throws Exception {
    house = new House(data, driver, Clock.systemUTC()).start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    house.close();
  }

  @Test
  void aCommandThatWaitsIsCancelledAndTheDeviceNotTouched() {
    hold();
    Asked running = house.dispatch("one", House.command("a", "w", ""));
    await().until(() -> driver.runs() == 1);
    Asked waiting = house.dispatch("one", House.command("b", "w", ""));

    assertThat(cancel("b")).isEqualTo("CANCELLED");

    assertThat(waiting.last().state().is(State.CANCELLED)).isTrue();
    assertThat(waiting.last().error()).isEmpty();
    release.countDown();
    assertThat(running.last().state().is(State.SUCCEEDED)).isTrue();
    assertThat(driver.runs()).isEqualTo(1);
  }

  @Test
  void aCommandThatRunsIsCancelledOnceItsDeviceIsProven() {
    hold();
    Asked running = house.dispatch("one", House.command("a", "w", ""));
    await().until(() -> driver.runs() == 1);

    assertThat(cancel("a")).isEqualTo("CANCELLED");
    assertThat(running.last().state().is(State.CANCELLED)).isTrue();
  }

  @Test
  void oneThatEndedIsTooLateAndOneOfAnotherClientIsNotFound() {
    house.send("one", "a", "w", "");

    assertThat(cancel("a")).isEqualTo("TOO_LATE");
    assertThat(cancel("never")).isEqualTo("NOT_FOUND");
    house.dispatch("one", House.command("theirs", "w", ""), "other", Asked.delivered()).last();
    assertThat(cancel("theirs")).isEqualTo("NOT_FOUND");
  }

  @Test
  void piecesAreSentAgainUntilTheDocumentIsReleased() throws Exception {
    OutgoingBlob blob = document();
    String id = blob.description().id();

    Asked again = ask("agent.resend", "{\"blob\":\"" + id + "\",\"pieces\":[1,0,7,1]}");
    assertThat(again.last().result().orElseThrow().path("pieces").asInt()).isEqualTo(2);
    assertThat(again.pieces()).containsExactly(1, 0);

    Asked let = ask("agent.release", "{\"blob\":\"" + id + "\"}");
    assertThat(let.last().result().orElseThrow().path("released").asBoolean()).isTrue();
    assertThat(ask("agent.resend", "{\"blob\":\"" + id + "\",\"pieces\":[0]}").code())
        .isEqualTo("GONE");
  }

  @Test
  void anUploadIsCountedUntilItIsWhole() throws Exception {
    OutgoingBlob document = document();
    Content.Blob description = document.description();
    String parameters =
        "{\"document\":" + new String(Codec.write(description), StandardCharsets.UTF_8) + "}";
    house.blobs().piece("client", description.id(), 1, document.piece(1));

    assertThat(ask("agent.received", parameters).last().result().orElseThrow().toString())
        .isEqualTo("{\"complete\":false,\"missing\":[0]}");

    house.blobs().piece("client", description.id(), 0, document.piece(0));
    assertThat(ask("agent.received", parameters).last().result().orElseThrow().toString())
        .isEqualTo("{\"complete\":true,\"missing\":[]}");
  }

  @Test
  void itDescribesWhatItsDevicesAnnounce() throws Exception {
    house.send("one", "opened", "w", "");
    Description described =
        Codec.read(Description.class, ask("agent.describe", "{}").last().result().orElseThrow());

    assertThat(described.schemas().values())
        .extracting(Description.Described::operation)
        .contains("x-test.act", "device.status", "agent.cancel", "agent.describe");
    assertThat(described.schemas().keySet()).allMatch(digest -> digest.startsWith("sha256:"));
    assertThat(ask("agent.describe", "{\"device\":\"nobody\"}").code()).isEqualTo("UNKNOWN_DEVICE");
  }

  @Test
  void whatItDoesNotOfferOrUnderstandIsRejected() {
    assertThat(ask("agent.dance", "{}").code()).isEqualTo("UNSUPPORTED");
    assertThat(ask("agent.cancel", "{}").code()).isEqualTo("INVALID_PARAMETERS");
    assertThat(ask("agent.cancel", "{\"id\":\"a\",\"now\":true}").code())
        .isEqualTo("INVALID_PARAMETERS");
  }

  private OutgoingBlob document() throws Exception {
    return house.blobs().keep("client", Content.of("image/jpeg", new byte[100_000]), 64 * 1024);
  }

  private void hold() {
    driver.does(
        (act, call) -> {
          await().until(() -> release.getCount() == 0 || call.cancelled());
          if (call.cancelled()) {
            throw new DeviceException(ErrorCode.STOPPING, "stopped");
          }
          return new Acted(act.word());
        });
  }

  private String cancel(String id) {
    return ask("agent.cancel", "{\"id\":\"" + id + "\"}")
        .last()
        .result()
        .orElseThrow()
        .path("answer")
        .asString();
  }

  private int asked;

  private Asked ask(String operation, String parameters) {
    asked++;
    Asked answer =
        house.dispatch(
            "agent",
            "{\"id\":\"ask-%d\",\"operation\":\"%s\",\"parameters\":%s}"
                .formatted(asked, operation, parameters));
    answer.last();
    return answer;
  }
}
