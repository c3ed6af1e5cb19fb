package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.TcpWire;
import dev.doorstep.simulator.device.TranscriptDevice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Readers that answer late, and whether the card of the last reading still lies there. */
class SamSlowAnswersTest {
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);
  private static final ResidentCard CARD = ResidentCard.specimen();

  /** What the lane gives a driver between commands. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  @Test
  void anAnswerThatComesLateIsNotTakenForThatOfTheNextCommand() throws DeviceException {
    play(
        SamScript.opened()
            .asked(SamCommand.FIND)
            .silentFor("700ms")
            .answers(SamFrame.NOT_FOUND)
            .asked(SamCommand.STATUS)
            .answers(SamFrame.OK)
            .asked(SamCommand.SAM_ID)
            .answers(SamFrame.OK, new byte[16]),
        device -> {
          demand(ErrorCode.TIMEOUT, "find card", device);
          demandGood(device);
        });
  }

  @Test
  void aReadThatTheCallsEndCutsOffIsWaitedForByTheNextCommand() throws DeviceException {
    play(
        SamScript.opened()
            .asked(SamCommand.FIND)
            .answers(SamFrame.FOUND, new byte[4])
            .asked(SamCommand.SELECT)
            .answers(SamFrame.OK, new byte[8])
            .asked(SamCommand.READ)
            .silentFor("900ms")
            .answers(0x41)
            .asked(SamCommand.STATUS)
            .answers(SamFrame.OK)
            .asked(SamCommand.SAM_ID)
            .answers(SamFrame.OK, new byte[16]),
        device -> {
          assertThatThrownBy(() -> device.run(READ, new TestCall(Duration.ofMillis(400))))
              .hasMessageContaining("read card");
          demandGood(device);
        });
  }

  @Test
  void anAnswerToAnotherCommandIsPassedOver() throws DeviceException {
    play(
        SamScript.opened()
            .asked(SamCommand.STATUS)
            .answers(SamFrame.NOT_FOUND)
            .answers(SamFrame.OK, new byte[8])
            .answers(SamFrame.OK)
            .asked(SamCommand.SAM_ID)
            .answers(SamFrame.OK)
            .answers(SamFrame.OK, new byte[16]),
        SamSlowAnswersTest::demandGood);
  }

  @Test
  void aReaderThatIsSlowToSayThatTheCardIsGoneStaysInUse() throws DeviceException {
    play(
        SamScript.opened()
            .card(CARD)
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .silentFor("1300ms")
            .answers(0x41)
            .noCard(),
        device -> {
          device.run(READ);
          idle(device);
          demand(ErrorCode.NO_CARD, "SW3 80", device);
        });
  }

  @Test
  void anotherNumberIsAnotherCard() throws DeviceException {
    byte[] other = new byte[28];
    other[27] = 1;
    play(
        SamScript.opened()
            .card(CARD)
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(SamFrame.OK, new byte[28])
            .noCard()
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(SamFrame.OK, other),
        device -> {
          device.run(READ);
          idle(device);
          demand(ErrorCode.NO_CARD, "SW3 80", device);
        });
  }

  @Test
  void aReaderThatKnowsNumbersIsNotAskedForTheAddress() throws DeviceException {
    play(
        SamScript.opened()
            .card(CARD)
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(SamFrame.OK, new byte[28])
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(0x41)
            .noCard(),
        device -> {
          device.run(READ);
          idle(device);
          idle(device);
          demand(ErrorCode.NO_CARD, "SW3 80", device);
        });
  }

  @Test
  void aReaderThatKnowsNoNumbersIsAskedForTheAddress() throws DeviceException {
    play(
        SamScript.opened()
            .card(CARD)
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(0x21)
            .asked(SamCommand.ADDRESS) // by the next pass: this one had no time left
            .answers(SamFrame.NO_CONTENT)
            .noCard()
            .asked(SamCommand.ADDRESS)
            .answers(SamFrame.NO_CONTENT)
            .asked(SamCommand.ADDRESS)
            .answers(0x41)
            .noCard(),
        device -> {
          var first = device.run(READ);
          idle(device);
          idle(device);
          assertThat(device.run(READ)).isSameAs(first);
          idle(device);
          demand(ErrorCode.NO_CARD, "SW3 80", device);
        });
  }

  @Test
  void anErrorWhileItIsAskedLeavesNothingToGiveAgain() throws DeviceException {
    play(
        SamScript.opened()
            .card(CARD)
            .asked(SamCommand.MANAGEMENT_NUMBER)
            .answers(0x9F, new byte[4000])
            .noCard(),
        device -> {
          device.run(READ);
          assertThatThrownBy(() -> idle(device)).hasMessageContaining("a length of 4004");
          demand(ErrorCode.NO_CARD, "SW3 80", device);
        });
  }

  @Test
  void someTimeAfterAFailedReadNobodyIsToldToLiftACard() throws DeviceException {
    play(
        SamScript.opened()
            .asked(SamCommand.FIND)
            .answers(SamFrame.FOUND, new byte[4])
            .asked(SamCommand.SELECT)
            .answers(SamFrame.NOT_SELECTED)
            .asked(SamCommand.READ)
            .answers(0x41)
            .noCard()
            .noCard(),
        device -> {
          demand(ErrorCode.CARD_READ_FAILED, "read card: SW3 41", device);
          demand(ErrorCode.NO_CARD, "lift it and place it again", device);
          for (int pass = 0; pass < 60; pass++) {
            idle(device);
          }
          TestCall call = new TestCall(Duration.ofSeconds(5));
          assertThatThrownBy(() -> device.run(READ, call))
              .hasMessageContaining("SW3 80")
              .hasMessageNotContaining("lift");
          assertThat(call.notes()).containsExactly("waiting for a card");
        });
  }

  private interface Trial {
    void with(LocalDevice device) throws DeviceException;
  }

  private static void play(SamScript script, Trial trial) throws DeviceException {
    TranscriptDevice reader = script.play();
    try (TcpWire wire = TcpWire.serve(reader, 0);
        LocalDevice device =
            LocalDevice.open(new SamIdCardDriver(), "tcp:127.0.0.1:" + wire.port())) {
      trial.with(device);
      assertThat(reader.mismatch()).isEmpty();
      assertThat(reader.finished()).isTrue();
    }
  }

  private static void idle(LocalDevice device) throws DeviceException {
    device.device().idle(Deadline.after(IDLE));
  }

  private static void demandGood(LocalDevice device) throws DeviceException {
    assertThat(device.device().probe(Deadline.after(Duration.ofSeconds(3))).cause()).isEmpty();
  }

  private static void demand(ErrorCode code, String detail, LocalDevice device) {
    assertThatThrownBy(() -> device.run(READ))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(detail);
  }
}
