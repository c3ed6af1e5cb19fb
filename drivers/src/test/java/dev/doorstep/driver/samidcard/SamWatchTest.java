package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.FaultyDevice;
import dev.doorstep.simulator.device.ForeignerCard2023;
import dev.doorstep.simulator.device.IdentityCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A reader that is watched between commands. */
class SamWatchTest {
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final String PLACED = "card.placed {\"type\":\"RESIDENT\"}";
  private static final String REMOVED = "card.removed {}";
  private final SamReader reader = new SamReader();
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void tellsThatACardComesAndGoesAndGivesTheOneThatLiesThere() throws DeviceException {
    watch(
        reader,
        device -> {
          device.idle();
          assertThat(events).isEmpty();
          reader.place(ResidentCard.generated(1));
          awaitEvents(device, PLACED);
          assertThat(device.run(READ).number()).contains(ResidentCard.generated(1).number());
          assertThat(device.run(READ).number()).contains(ResidentCard.generated(1).number());
          assertThat(reader.reads()).isEqualTo(1);
          device.idle();
          reader.lift();
          awaitEvents(device, PLACED, REMOVED);
          reader.place(ForeignerCard2023.generated(1));
          awaitEvents(device, PLACED, REMOVED, "card.placed {\"type\":\"FOREIGNER_2023\"}");
        });
  }

  @Test
  void aCardInPlaceOfAnotherIsTold() throws DeviceException {
    watch(
        reader,
        device -> {
          reader.place(ResidentCard.generated(1));
          awaitEvents(device, PLACED);
          reader.place(ResidentCard.generated(2));
          awaitEvents(device, PLACED, REMOVED, PLACED);
          assertThat(device.run(READ).number()).contains(ResidentCard.generated(2).number());
        });
  }

  @Test
  void aCardThatACommandReadIsToldToo() throws DeviceException {
    watch(
        reader,
        device -> {
          reader.place(ResidentCard.generated(1));
          device.run(READ);
          assertThat(events).containsExactly(PLACED);
          device.idle();
          assertThat(events).containsExactly(PLACED);
        });
  }

  @Test
  void aCardThatCannotBeReadIsToldWithoutItsKindAndHasToBePlacedAgain() throws DeviceException {
    ResidentCard card = ResidentCard.generated(3);
    watch(
        reader,
        device -> {
          reader.place(new UnknownCard(card));
          awaitEvents(device, "card.placed {}");
          assertThatThrownBy(() -> device.run(READ))
              .isInstanceOfSatisfying(
                  DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CARD))
              .hasMessageContaining("lift it and place it again");
          reader.place(card);
          awaitEvents(device, "card.placed {}", REMOVED, PLACED);
          assertThat(device.run(READ).number()).contains(card.number());
        });
  }

  @Test
  void aReadingThatTakesLongerThanAPassIsGoneOnWith() throws DeviceException {
    FaultyDevice faulty = new FaultyDevice(reader);
    watch(
        faulty,
        device -> {
          reader.place(ResidentCard.generated(1));
          faulty.fault(Fault.delay(Duration.ofMillis(250)));
          Deadline end = Deadline.after(Duration.ofSeconds(20));
          while (events.isEmpty() && !end.expired()) {
            device.idle(Duration.ofMillis(600));
          }
          faulty.clear();
          assertThat(events).containsExactly(PLACED);
          assertThat(reader.reads()).isEqualTo(1);
          assertThat(device.run(READ).number()).contains(ResidentCard.generated(1).number());
        });
  }

  @Test
  void aProbeOrACommandWaitsForAReadingThatIsUnderWay() throws DeviceException {
    for (boolean probed : new boolean[] {true, false}) {
      SamReader slow = new SamReader();
      FaultyDevice faulty = new FaultyDevice(slow);
      events.clear();
      watch(
          faulty,
          device -> {
            slow.place(ResidentCard.generated(1));
            faulty.fault(Fault.delay(Duration.ofMillis(250)));
            Deadline end = Deadline.after(Duration.ofSeconds(20));
            while (slow.reads() == 0 && !end.expired()) {
              device.idle(Duration.ofMillis(600));
            }
            faulty.clear();
            if (probed) {
              device.device().probe(Deadline.after(Duration.ofSeconds(5)));
            }
            IdCard card = device.run(READ, new TestCall(Duration.ofSeconds(10)));
            assertThat(card.number()).contains(ResidentCard.generated(1).number());
            assertThat(slow.reads()).isEqualTo(1);
            assertThat(events).containsExactly(PLACED);
          });
    }
  }

  @Test
  void aReadingThatAPassEndsInTheMiddleOfIsGoneOnWith() throws DeviceException {
    FaultyDevice faulty = new FaultyDevice(reader);
    SecondHalfLater later = new SecondHalfLater();
    watch(
        faulty,
        device -> {
          reader.place(ResidentCard.generated(1));
          faulty.fault(later);
          device.idle();
          assertThat(later.halves).as("a reading has begun").hasSize(1);
          assertThat(events).isEmpty();
          later.halves.remove().run();
          device.idle();
          assertThat(events).containsExactly(PLACED);
          assertThat(reader.reads()).isEqualTo(1);
          assertThat(device.run(READ).number()).contains(ResidentCard.generated(1).number());
        });
  }

  @Test
  void aCardIsLiftedFromAReaderThatSaysSoAsItSaysThatThereIsNone() throws DeviceException {
    FaultyDevice faulty = new FaultyDevice(reader);
    watch(
        faulty,
        device -> {
          reader.place(ResidentCard.generated(1));
          awaitEvents(device, PLACED);
          reader.lift();
          faulty.fault(
              new Fault() {
                @Override
                public void answer(byte[] answer, Wire line) {
                  line.send(SamScript.frame(SamFrame.NOT_FOUND));
                }
              });
          awaitEvents(device, PLACED, REMOVED);
        });
  }

  /** The second half of a long answer waits until it is sent. */
  private static final class SecondHalfLater implements Fault {
    private static final int LONG = 100;
    private final Queue<Runnable> halves = new ConcurrentLinkedQueue<>();

    @Override
    public void answer(byte[] answer, Wire line) {
      if (answer.length < LONG) {
        line.send(answer);
        return;
      }
      int half = answer.length / 2;
      halves.add(() -> line.send(Arrays.copyOfRange(answer, half, answer.length)));
      line.send(Arrays.copyOf(answer, half));
    }
  }

  private interface Trial {
    void with(Watched device) throws DeviceException;
  }

  /** An open device that is watched. */
  private record Watched(Device device) {
    void idle() throws DeviceException {
      idle(IDLE);
    }

    void idle(Duration time) throws DeviceException {
      device.idle(Deadline.after(time));
    }

    IdCard run(ReadIdCard read) throws DeviceException {
      return run(read, new TestCall(Duration.ofSeconds(5)));
    }

    IdCard run(ReadIdCard read, TestCall call) throws DeviceException {
      return LocalDevice.run(device, read, call);
    }
  }

  private void watch(WireDevice simulated, Trial trial) throws DeviceException {
    try (TcpWire wire = TcpWire.serve(simulated, 0);
        LaneTransports wires = new LaneTransports(ScreenSource.NONE);
        Device device =
            new SamIdCardDriver()
                .open(
                    new TestContext(
                        new DeviceSettings(
                            "device",
                            Connection.parse("tcp:127.0.0.1:" + wire.port()),
                            Map.of("watch", "true")),
                        wires,
                        this::hear,
                        Deadline.after(Duration.ofSeconds(10))))) {
      trial.with(new Watched(device));
    }
  }

  private void hear(String event, Subject subject, Object data) {
    assertThat(subject).isEqualTo(Subject.PERSON);
    events.add(event + " " + new String(Codec.write(data), StandardCharsets.UTF_8));
  }

  private void awaitEvents(Watched device, String... expected) {
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              device.idle();
              assertThat(events).containsExactly(expected);
            });
  }

  /** A kind of card that nobody knows. */
  private record UnknownCard(ResidentCard card) implements IdentityCard {
    @Override
    public String number() {
      return card.number();
    }

    @Override
    public byte[] text() {
      byte[] text = card.text();
      text[248] = 'Z';
      return text;
    }
  }
}
