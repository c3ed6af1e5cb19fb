package dev.doorstep.protocol.center;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.PointStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a point's documents in the order in which they come. */
class SightingsTest {
  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "online 1, true, true",
    "about 1, false, false",
    "lost 1, false, false",
    "offline 1, false, false",
    "lost 1 about 1, false, true",
    "about 1 offline 1, false, true",
    // a will of the start before, which overwrote the status of this one
    "lost 1 about 2, true, true",
    "about 2 lost 1, true, true",
    "online 1 about 1 online 2 lost 1, true, true",
    "online 1 about 1 online 2 lost 1 about 2, true, true",
    "online 1 about 1 online 2 about 2 lost 1 lost 2, false, true",
    // the about of the start before, not renewed yet
    "online 2 about 1 lost 2, false, true",
    "about 1 online 2 lost 2, false, true",
    "online 1 about 1 lost 1 online 2, true, true",
    "online 1 about 1 sleeping 1, false, true",
  })
  void tellsWhoIsOnline(String documents, boolean online, boolean certain) {
    Sightings sightings = new Sightings();
    String[] words = documents.isEmpty() ? new String[0] : documents.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      if (words[i].equals("about")) {
        sightings.about(about(words[i + 1]));
      } else {
        sightings.status(new PointStatus(new OpenEnum<>(words[i]), words[i + 1]));
      }
    }

    assertThat(sightings.absence().isEmpty()).isEqualTo(online);
    assertThat(sightings.isCertain()).isEqualTo(certain);
  }

  private static PointAbout about(String session) {
    return new PointAbout(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        OpenEnum.of(PointAbout.Service.OPEN),
        Instant.EPOCH,
        "1",
        session,
        List.of());
  }
}
