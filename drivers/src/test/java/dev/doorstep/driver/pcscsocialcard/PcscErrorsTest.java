package dev.doorstep.driver.pcscsocialcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jnasmartcardio.Smartcardio.JnaPCSCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those that no stand-in brings about are here alone. */
class PcscErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "8010001D, DISCONNECTED", // no service
    "80100003, DISCONNECTED", // a handle of a service that has ended
    "80100017, DISCONNECTED", // the reader was unplugged
    "80100069, CARD_REMOVED",
    "80100066, CARD_READ_FAILED", // the card is mute
    "80100016, CARD_READ_FAILED",
    "8010000B, DEVICE_IN_USE",
    "8010006A, ACCESS_DENIED", // refused by polkit
    "8010000A, TIMEOUT",
    "80100001, DEVICE_FAULT",
  })
  void numbersAreToldByWhatTheyMean(String number, ErrorCode code) {
    long unsigned = Long.parseLong(number, 16);
    for (long as : new long[] {unsigned, (int) unsigned}) { // a long of 64 bits or of 32
      DeviceException told = PcscErrors.of(new JnaPCSCException(as, "of a test"));
      assertThat(told.code()).isEqualTo(code);
      assertThat(told).hasMessageContaining(number);
    }
  }

  @Test
  void whatHasNoNumberIsAFault() {
    assertThat(PcscErrors.of(new CardException("x")).code()).isEqualTo(ErrorCode.DEVICE_FAULT);
    assertThat(PcscErrors.of(new CardNotPresentException("x")).code())
        .isEqualTo(ErrorCode.CARD_REMOVED);
  }
}
