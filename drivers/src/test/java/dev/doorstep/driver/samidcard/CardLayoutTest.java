package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.simulator.device.ForeignerCard2017;
import dev.doorstep.simulator.device.ForeignerCard2023;
import dev.doorstep.simulator.device.ResidencePermit;
import dev.doorstep.simulator.device.ResidentCard.Sex;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The three kinds beside that of residents, all of invented people. */
class CardLayoutTest {
  @Test
  void permitsOfHongKongMacaoAndTaiwan() throws DeviceException {
    for (int seed = 0; seed < 200; seed++) {
      ResidencePermit person = ResidencePermit.generated(seed);
      IdCard card = CardLayout.card(person.text(), Optional.empty());
      assertThat(card.type().is(IdCard.Type.HMT_RESIDENCE)).isTrue();
      assertThat(card.name()).contains(person.name());
      assertThat(card.sex()).contains(sex(person.sex()));
      assertThat(card.nation()).isEmpty();
      assertThat(card.birthDate()).contains(person.birthDate());
      assertThat(card.address()).contains(person.address());
      assertThat(card.number()).contains(person.number());
      assertThat(card.numberValid()).contains(true);
      assertThat(card.issuer()).contains(person.issuer());
      assertThat(card.validFrom()).contains(person.validFrom());
      assertThat(card.validUntil()).contains(until(person.validUntil()));
      assertThat(card.passNumber()).contains(person.passNumber());
      assertThat(card.timesIssued()).contains(person.timesIssued());
      assertThat(card.englishName()).isEmpty();
      assertThat(card.nationality()).isEmpty();
    }
  }

  @Test
  void foreignersCardsOf2017() throws DeviceException {
    for (int seed = 0; seed < 200; seed++) {
      ForeignerCard2017 person = ForeignerCard2017.generated(seed);
      IdCard card = CardLayout.card(person.text(), Optional.empty());
      assertThat(card.type().is(IdCard.Type.FOREIGNER_2017)).isTrue();
      assertThat(card.name()).contains(person.name());
      assertThat(card.englishName()).contains(person.englishName());
      assertThat(card.sex()).contains(sex(person.sex()));
      assertThat(card.birthDate()).contains(person.birthDate());
      assertThat(card.number()).contains(person.number());
      assertThat(card.numberValid()).isEmpty();
      assertThat(card.issuer()).contains(person.issuer());
      assertThat(card.nationality()).contains(person.nationality());
      assertThat(card.validFrom()).contains(person.validFrom());
      assertThat(card.validUntil()).contains(until(person.validUntil()));
      assertThat(card.address()).isEmpty();
      assertThat(card.passNumber()).isEmpty();
      assertThat(card.timesIssued()).isEmpty();
    }
  }

  @Test
  void foreignersCardsOf2023() throws DeviceException {
    for (int seed = 0; seed < 200; seed++) {
      ForeignerCard2023 person = ForeignerCard2023.generated(seed);
      IdCard card = CardLayout.card(person.text(), Optional.empty());
      assertThat(card.type().is(IdCard.Type.FOREIGNER_2023)).isTrue();
      assertThat(card.name()).contains(person.name());
      assertThat(card.englishName()).contains(person.englishName());
      assertThat(card.sex()).contains(sex(person.sex()));
      assertThat(card.birthDate()).contains(person.birthDate());
      assertThat(card.number()).contains(person.number());
      assertThat(card.numberValid()).contains(true);
      assertThat(card.nationality()).contains(person.nationality());
      assertThat(card.validUntil()).contains(until(person.validUntil()));
      assertThat(card.issuer()).isEmpty();
      assertThat(card.address()).isEmpty();
      assertThat(card.timesIssued()).isEmpty();
    }
  }

  @Test
  void anEnglishNameIsJoinedAtTheSeamAsItWasCut() throws DeviceException {
    ForeignerCard2023 person = ForeignerCard2023.generated(1);
    for (String name :
        new String[] {
          "INVENTED PERSONIA OF THE LONG NAMES " + "AND MORE", // a space is the 36th
          "INVENTED PERSONIA OF THE LONGER NAM" + "ES TOO",
          "SHORT"
        }) {
      IdCard card =
          CardLayout.card(
              new ForeignerCard2023(
                      person.name(),
                      name,
                      person.sex(),
                      person.birthDate(),
                      person.number(),
                      person.validFrom(),
                      person.validUntil(),
                      person.nationality())
                  .text(),
              Optional.empty());
      assertThat(card.englishName()).contains(name);
    }
  }

  private static OpenEnum<IdCard.Sex> sex(Sex sex) {
    return OpenEnum.of(IdCard.Sex.valueOf(sex.name()));
  }

  private static String until(Optional<LocalDate> date) {
    return date.map(LocalDate::toString).orElse(IdCard.LONG_TERM);
  }
}
