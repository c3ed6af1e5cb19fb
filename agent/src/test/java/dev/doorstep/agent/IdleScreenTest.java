package dev.doorstep.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.DeviceStatus.State;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleScreenTest {
  private final List<String> shown = new ArrayList<>();
  private final List<String> passedOn = new ArrayList<>();
  private final IdleScreen idle =
      new IdleScreen(
          Optional.of("石门二路居委会服务点"),
          List.of("reader", "tickets", "pad"),
          shown::add,
          new DeviceWatcher() {
            @Override
            public void changed(String device, DeviceStatus status) {
              passedOn.add(device + " " + status.state());
            }

            @Override
            public void happened(String device, String event, Subject subject, Object data) {
              passedOn.add(device + " " + event);
            }
          });

  private static DeviceStatus status(String kind, State state, Optional<Cause> cause) {
    return new DeviceStatus(
        OpenEnum.of(state),
        Instant.EPOCH,
        kind,
        "driver",
        Optional.empty(),
        Optional.empty(),
        cause,
        List.of(),
        Map.of(),
        "session");
  }

  private static Optional<Cause> noPaper() {
    return Optional.of(
        new Cause(OpenEnum.of(ErrorCode.OUT_OF_PAPER), OpenEnum.of(Layer.SUPPLY), "put in paper"));
  }

  @Test
  void tellsThePointAndWhichDevicesCanBeUsed() {
    String point = "{\"task\":\"idle\",\"point\":\"石门二路居委会服务点\",\"devices\":[";
    assertThat(shown).containsExactly(point + "]}");

    idle.changed("tickets", status("receipt-printer", State.READY, noPaper()));
    idle.changed("pad", status("evaluation-pad", State.READY, Optional.empty()));
    idle.changed("reader", status("id-card-reader", State.READY, Optional.empty()));

    String reader = "{\"zh\":\"身份证阅读器\",\"en\":\"ID-card reader\",\"ready\":true}";
    String tickets = "{\"zh\":\"小票打印机\",\"en\":\"Ticket printer\",\"ready\":false}";
    assertThat(shown)
        .containsExactly(
            point + "]}", point + tickets + "]}", point + reader + "," + tickets + "]}");
  }

  @Test
  void commandsAtWorkChangeNothingOnTheScreenAndEverythingIsPassedOn() {
    idle.changed("reader", status("id-card-reader", State.READY, Optional.empty()));
    shown.clear();

    idle.changed("reader", status("id-card-reader", State.BUSY, Optional.empty()));
    idle.changed("reader", status("id-card-reader", State.READY, Optional.empty()));
    idle.happened("reader", "card.placed", Subject.PERSON, Map.of());

    assertThat(shown).isEmpty();
    assertThat(passedOn)
        .containsExactly("reader READY", "reader BUSY", "reader READY", "reader card.placed");
    idle.changed("reader", status("id-card-reader", State.OFFLINE, Optional.empty()));
    assertThat(shown).singleElement().asString().contains("\"ready\":false");
  }
}
