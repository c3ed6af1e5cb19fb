package dev.doorstep.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.agent.Drivers;
import dev.doorstep.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a configuration, it is read, or refused with its place. */
class ConfigurationFileFuzzTest {
  private static final Map<String, Driver> DRIVERS = Drivers.builtIn();

  private static final String PLACE =
      "(line [0-9]+, column [0-9]+: .+|not in UTF-8.*|larger than.*)";

  @TempDir private Path folder;

  @MethodSource("files")
  @FuzzTest
  void read(byte[] yaml) throws IOException {
    Path file = Files.write(folder.resolve("doorstep.yaml"), yaml);
    try {
      Configuration read = new ConfigurationFile(file, DRIVERS).read();

      assertThat(read.point().id()).isNotEmpty();
      assertThat(read.data()).isAbsolute();
      assertThat(read.devices()).allMatch(device -> DRIVERS.containsKey(device.driver()));
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageMatching(Pattern.quote(file + ": ") + "(?s)" + PLACE);
    }
  }

  static Stream<byte[]> files() {
    return Stream.of(
            """
            point: {id: p, name: 石门二路, area: "310106", location: [121.4, 31.2], hours: "Mo-Fr"}
            mqtt: {url: "mqtt://127.0.0.1:1883", username: u, password-file: p}
            data: data/
            local: {port: 7788}
            screen: {port: 7790}
            language: zh
            devices:
              - {id: reader, driver: sam-id-card, connection: "serial:/dev/ttyUSB0?baud=115200"}
              - {id: t, driver: esc-pos, connection: "tcp:192.0.2.10:9100", model: epson-tm}
            """,
            "a: &a [x]\nb: [*a, *a]\n",
            "point: {id: p}\nmqtt: {url: 'mqtt:x'}\n---\nx: |\n  y\n",
            "\n \n---", // an empty document was none
            "[".repeat(20_000))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
