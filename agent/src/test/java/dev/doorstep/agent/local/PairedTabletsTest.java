package dev.doorstep.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.Drivers;
import dev.doorstep.agent.StartException;
import dev.doorstep.agent.cli.Shell;
import dev.doorstep.agent.config.ConfigurationFile;
import dev.doorstep.driver.Driver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tablet that is paired from the command line, while the agent runs. */
class PairedTabletsTest {
  private static final Pattern TOLD =
      Pattern.compile("type ([0-9]{4} [0-9]{4}) there, within 5 minutes:\n {2}(http://\\S+)\n");
  private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: ([^;]+)");

  @TempDir private Path folder;

  private Path configuration(int local, String screen) throws IOException {
    return Files.writeString(
        folder.resolve("doorstep.yaml"),
        """
        point: {id: P}
        mqtt: {url: "mqtt://127.0.0.1:1"}
        local: {port: %d}
        screen: %s
        devices:
          - {id: pad, driver: web-screen, connection: "screen:pad"}
        """
            .formatted(local, screen));
  }

  private Agent start(String screen) throws Exception {
    Map<String, Driver> drivers = Drivers.builtIn();
    Agent agent =
        Agent.start(new ConfigurationFile(configuration(0, screen), drivers).read(), drivers);
    configuration(agent.localPort().orElseThrow(), screen);
    return agent;
  }

  private Shell.Left pair(String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {
          "pair", "--config", folder.resolve("doorstep.yaml").toString(), "--lang", "en"
        },
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Shell.run(arguments);
  }

  private static String exchange(URI page, String request) throws IOException {
    try (Socket socket = new Socket(page.getHost(), page.getPort())) {
      socket
          .getOutputStream()
          .write(request.replace("HOST", page.getAuthority()).getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static String get(URI page, String cookie) throws IOException {
    return exchange(
        page, "GET " + page.getPath() + " HTTP/1.1\r\nHost: HOST\r\n" + cookie + "\r\n");
  }

  @Test
  void theTechnicianPairsATabletAndForgetsIt() throws Exception {
    String cookie;
    URI page;
    try (Agent agent = start("{port: 0, network: 127.0.0.2}")) {
      assertThat(pair().out()).isEqualTo("Paired tablets: 0\n");
      Shell.Left left = pair("counter-1");
      assertThat(left.status()).as(left.err()).isZero();
      Matcher told = TOLD.matcher(left.out());
      assertThat(told.find()).as(left.out()).isTrue();
      page = URI.create(told.group(2));
      assertThat(page).hasHost("127.0.0.2").hasPath("/screen/pad");
      assertThat(get(page, "")).contains("请输入配对码").doesNotContain("screen.js");
      String code = told.group(1).replace(" ", "");
      String answer =
          exchange(
              page,
              "POST /pair HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: 8\r\n\r\n"
                  + code);
      Matcher given = COOKIE.matcher(answer);
      assertThat(given.find()).as(answer).isTrue();
      cookie = "Cookie: " + given.group(1) + "\r\n";
      assertThat(get(page, cookie)).contains("screen.js");
      Path kept = folder.resolve("data/tablets.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(kept))
          .contains("counter-1")
          .doesNotContain(given.group(1).split("=", 2)[1]);
      assertThat(agent.screensOnTheNetwork()).containsExactly(page);
    }
    try (Agent again = start("{port: " + page.getPort() + ", network: 127.0.0.2}")) {
      assertThat(again.pairing()).isPresent();
      assertThat(get(page, cookie)).as("after a restart").contains("screen.js");
      assertThat(pair("--json").out()).isEqualTo("{\"tablets\":[\"counter-1\"]}\n");
      assertThat(pair("counter-1", "--forget").out()).isEqualTo("Paired tablets: 0\n");
      assertThat(get(page, cookie)).doesNotContain("screen.js");
      Shell.Left unknown = pair("counter-1", "--forget");
      assertThat(unknown.status()).isEqualTo(3);
      assertThat(unknown.err()).contains("no such tablet");
    }
  }

  @Test
  void withoutANetworkThereIsNothingToPair() throws Exception {
    try (Agent agent = start("{port: 0}")) {
      assertThat(agent.pairing()).isEmpty();
      Shell.Left left = pair("counter-1");
      assertThat(left.status()).isEqualTo(3);
      assertThat(left.err()).contains("screen: {network: …} is not set");
    }
    Shell.Left left = pair("counter-1");
    assertThat(left.status()).isEqualTo(3);
    assertThat(left.err()).contains("no agent runs with this configuration");
    assertThat(pair("a/b").status()).isEqualTo(2);
    assertThat(pair("--forget").status()).isEqualTo(2);
  }

  @Test
  void anAddressThatThisMachineDoesNotHaveKeepsNothingFromStarting() throws Exception {
    try (Agent agent = start("{port: 0, network: 192.0.2.1}")) {
      assertThat(agent.pairing()).isPresent();
      assertThat(pair("counter-1").out()).contains("http://192.0.2.1:");
    }
  }

  @Test
  void aDamagedFileIsToldAtTheStart() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/tablets.json"), "{\"tablets\":[{\"name\":\"a\"}]}");
    assertThatThrownBy(() -> start("{port: 0, network: 127.0.0.2}"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("tablets.json")
        .hasMessageContaining("pair them again");
  }
}
