package dev.doorstep.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.agent.Drivers;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  private static final String WHOLE =
      """
      point: {id: jingan-0042, name: 石门二路居委会服务点, address: 上海市静安区, area: "310106", location: [121.458, 31.232], hours: "Mo-Fr 08:30-16:30"}
      mqtt:
        url: mqtt://127.0.0.1:1883
        username: jingan-0042
        password-file: mqtt.password
      data: data/
      local: {port: 7788}
      screen: {port: 7790}
      language: zh
      devices:
        - {id: reader,  driver: sam-id-card,  connection: "serial:/dev/ttyUSB0?baud=115200"}
        - {id: tickets, driver: esc-pos,      connection: "tcp:192.0.2.10:9100", model: epson-tm}
        - {id: pad,     driver: web-screen,   connection: "screen:pad"}
      """;

  @TempDir private Path folder;

  @Test
  void readsEveryKey() throws Exception {
    Configuration read = read(WHOLE);

    assertThat(read.point().id()).isEqualTo("jingan-0042");
    assertThat(read.point().name()).contains("石门二路居委会服务点");
    assertThat(read.point().address()).contains("上海市静安区");
    assertThat(read.point().area()).contains("310106");
    assertThat(read.point().location()).containsExactly(121.458, 31.232);
    assertThat(read.point().hours()).contains("Mo-Fr 08:30-16:30");
    assertThat(read.mqtt().url()).hasToString("mqtt://127.0.0.1:1883");
    assertThat(read.mqtt().username()).contains("jingan-0042");
    assertThat(read.mqtt().passwordFile()).contains(folder.resolve("mqtt.password"));
    assertThat(read.data()).isEqualTo(folder.resolve("data"));
    assertThat(read.local().port()).isEqualTo(7788);
    assertThat(read.screen().port()).isEqualTo(7790);
    assertThat(read.language()).contains("zh");
    assertThat(read.devices()).hasSize(3);
    assertThat(read.devices().get(0).connection())
        .isEqualTo(new Connection("serial", "/dev/ttyUSB0", Map.of("baud", "115200")));
    assertThat(read.devices().get(1).options()).isEqualTo(Map.of("model", "epson-tm"));
  }

  @Test
  void fillsInWhatIsLeftOut() throws Exception {
    Configuration read = read("point: {id: p}\nmqtt: {url: mqtt://broker}\n");

    assertThat(read.data()).isEqualTo(folder.resolve("data"));
    assertThat(read.local().port()).isEqualTo(7788);
    assertThat(read.screen().port()).isEqualTo(7789);
    assertThat(read.language()).isEmpty();
    assertThat(read.devices()).isEqualTo(List.of());
    assertThat(read.mqtt().username()).isEmpty();
    assertThat(read.point().location()).isEmpty();
  }

  @ParameterizedTest(name = "{1} for {0} → {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id: jingan-0042 | id: jing/an | line 1, column 13 | id must be",
        "name: 石门 | nmae: 石门 | line 1, column 26 | unknown key nmae; known here: address area",
        "area: \"310106\" | area: \"31010\" | line 1, column 67 | area must be six digits",
        "[121.458, 31.232] | [121.458] | line 1, column 87 | location must be",
        "username: jingan-0042 | user: jingan-0042 | line 4, column 3 | unknown key user",
        "mqtt://127.0.0.1:1883 | http://127.0.0.1 | line 3, column 8 | url must be like mqtt://",
        "local: {port: 7788} | local: {port: 77880} | line 7, column 15 | port must be 0 to 65535",
        "local: {port: 7788} | local: {port: many} | line 7, column 15 | a number is needed here",
        "local: {port: 7788} | local: {port: 7788, port: 1} | line 7 | uplicate",
        "mqtt://127.0.0.1:1883 | mqtt://h:99999 | line 3, column 8 | url must be like mqtt://",
        "point: { | point: [ | line | no YAML",
        "[121.458, 31.232] | [null, 1] | line 1, column | a value is missing here",
        "language: zh | language: fr | line 9, column 11 | language must be zh or en",
        "devices: | devcies: | line 10, column 1 | unknown key devcies",
        "serial:/dev | seriel:/dev | line 11, column 53 | a connection begins with one of",
        "baud=115200 | baud=fast | line 11, column 53 | baud must be a number",
        "192.0.2.10:9100 | 192.0.2.10 | line 12, column 53 | tcp: needs host and port",
        "192.0.2.10:9100 | 192.0.2.10:99999 | line 12, column 53 | the port must be a number",
        "tcp:192.0.2.10:9100 | screen:x | line 12, column 53 | esc-pos takes the connections",
        "driver: esc-pos | driver: escpos | line 12, column 27 | no driver escpos; there are",
        "model: epson-tm | modle: epson-tm | line 12, column 76 | unknown key modle; known here",
        "id: pad | id: reader | line 13, column 10 | a second device has the name reader",
        "tcp:192.0.2.10:9100 | serial:/dev/ttyUSB0?baud=115200 | line 12, column 53 | serial:/dev/ttyUSB0?baud=115200 is the connection of the device reader; only one can",
        "id: pad | id: agent | line 13, column 10 | id agent is the agent's own",
        "data: data/ | `data: [` | line | no YAML",
      })
  void saysWhereAndWhatIsWrong(String right, String wrong, String place, String what)
      throws IOException {
    assertThat(WHOLE).contains(right);

    assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(folder.resolve("doorstep.yaml") + ": " + place)
        .hasMessageContaining(what);
  }

  @Test
  void readsTheFilesForTls() throws Exception {
    Configuration read =
        read(
            """
            point: {id: p}
            mqtt:
              url: mqtts://broker
              tls:
                trust: authority.p12
                trust-password-file: trust.password
                certificate: p.pem
                key: /etc/p.key
                password-file: p.password
            """);

    assertThat(read.mqtt().address()).isEqualTo(new BrokerAddress("broker", 8883, true));
    assertThat(read.mqtt().tlsFiles())
        .isEqualTo(
            new TlsFiles(
                Optional.of(folder.resolve("authority.p12")),
                Optional.of(folder.resolve("trust.password")),
                Optional.of(folder.resolve("p.pem")),
                Optional.of(Path.of("/etc/p.key")),
                Optional.of(folder.resolve("p.password"))));
    assertThat(read("point: {id: p}\nmqtt: {url: mqtts://broker}\n").mqtt().tlsFiles())
        .isEqualTo(TlsFiles.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{url: mqtt://b, tls: {trust: a}} | column 13: url must begin with mqtts://",
        "{url: mqtts://b, tls: {key: a}} | column 35: key needs a certificate",
        "{url: mqtts://b, tls: {password-file: a}} | column 45: password-file needs a certificate",
        "{url: mqtts://b, tls: {trust-password-file: a}} | column 51: trust-password-file needs",
        "{url: mqtts://b, tls: {cert: a}} | column 30: unknown key cert; known here: certificate",
      })
  void saysWhatIsWrongWithTls(String mqtt, String what) {
    assertThatThrownBy(() -> read("point: {id: p}\nmqtt: " + mqtt + "\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("line 2, " + what);
  }

  @Test
  void saysThatAFileIsNotThere() {
    assertThatThrownBy(() -> new ConfigurationFile(folder.resolve("x.yaml"), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("x.yaml: cannot be read (NoSuchFileException)");
  }

  @Test
  void saysThatAFileIsEmptyOrNoText() throws Exception {
    for (String nothing : List.of("", "# only words\n", "---\n", "null")) {
      assertThatThrownBy(() -> read(nothing)).hasMessageContaining("the file is empty");
    }
    Path file = folder.resolve("doorstep.yaml");
    Files.write(file, "name: 石门二路".getBytes("GBK"));
    assertThatThrownBy(() -> new ConfigurationFile(file, Map.of()).read())
        .hasMessageContaining("not in UTF-8");
    Files.write(file, ("# " + "x".repeat(2 << 20)).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new ConfigurationFile(file, Map.of()).read())
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void refusesWhatNobodyWroteByHand() {
    assertThatThrownBy(() -> read("[".repeat(20_000)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("line 1, column 33: no YAML: more than 32 levels");
  }

  private Configuration read(String yaml) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("doorstep.yaml"), yaml);
    return new ConfigurationFile(file, Drivers.builtIn()).read();
  }
}
