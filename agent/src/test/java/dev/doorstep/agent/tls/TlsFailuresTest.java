package dev.doorstep.agent.tls;

import static dev.doorstep.agent.tls.TestAuthority.pair;
import static dev.doorstep.agent.tls.TestAuthority.pem;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.mqtt.TlsFiles;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which TLS with a real mosquitto can fail says what it is and what to do. */
@RealComponent("mosquitto")
class TlsFailuresTest {
  private static final String TLS_1_2 = "tls_version tlsv1.2";
  private static final String TLS_1_3 = "tls_version tlsv1.3";

  @TempDir private Path folder;
  private TlsBench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new TlsBench(folder);
  }

  private void fails(String url, TlsFiles files, String... texts) {
    assertThatThrownBy(() -> TlsBench.echo(url, files, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no connection to the broker at " + url + ": ")
        .hasMessageContainingAll(texts);
  }

  private void failsAt(MosquittoBroker broker, TlsFiles files, String... texts) {
    fails(TlsBench.url(broker), files, texts);
  }

  @Test
  void anUnknownAuthority() throws Exception {
    TestAuthority other = new TestAuthority("another authority");
    pem(bench.file("other.pem"), other.certificate());
    try (MosquittoBroker broker = bench.broker("broker")) {
      failsAt(
          broker,
          TlsFiles.NONE.withTrust(bench.file("other.pem")),
          "an authority that is not known here (CN=Doorstep test authority",
          "other.pem",
          "set trust to the file");
      failsAt(broker, TlsFiles.NONE, "not known here", "no trust is set", "set trust to the file");
    }
  }

  @Test
  void anotherHostName() throws Exception {
    GeneralName elsewhere = new GeneralName(GeneralName.dNSName, "broker.example");
    bench.authority().issue("elsewhere", elsewhere).write(folder, "elsewhere");
    bench.authority().issue("localhost").write(folder, "nameless");
    try (MosquittoBroker broker = bench.broker("elsewhere");
        MosquittoBroker nameless = bench.broker("nameless")) {
      failsAt(broker, bench.trust(), "is not for localhost but for broker.example", "use such a");
      String byAddress = "mqtts://127.0.0.1:" + broker.port();
      fails(byAddress, bench.trust(), "is not for 127.0.0.1 but for broker.example");
      String noName = "mqtts://127.0.0.1:" + nameless.port();
      fails(noName, bench.trust(), "no subject alternative names");
    }
  }

  @Test
  void aBrokersCertificateOutOfItsTime() throws Exception {
    bench
        .authority()
        .issue("old", pair("EC", 256), -3, -2, TlsBench.LOCALHOST)
        .write(folder, "old");
    bench
        .authority()
        .issue("early", pair("EC", 256), 2, 3, TlsBench.LOCALHOST)
        .write(folder, "early");
    try (MosquittoBroker old = bench.broker("old");
        MosquittoBroker early = bench.broker("early")) {
      failsAt(old, bench.trust(), "the broker's certificate expired on 20", "renew it");
      failsAt(early, bench.trust(), "is not valid before 20", "set this machine's clock");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void aClientCertificateThatIsWantedOrRefused(String version) throws Exception {
    new TestAuthority("another authority").issue("P").write(folder, "foreign");
    bench.authority().issue("P", pair("EC", 256), -3, -2).write(folder, "late");
    try (MosquittoBroker broker = bench.broker("broker", "require_certificate true", version)) {
      failsAt(broker, bench.trust(), "it wants a client certificate: set certificate and key");
      failsAt(
          broker,
          files("foreign.pem", "foreign.key"),
          "refuses the client certificate of " + bench.file("foreign.pem"),
          "does not know");
      failsAt(
          broker,
          files("late.pem", "late.key"),
          "refuses the client certificate of " + bench.file("late.pem"),
          "expired; renew it");
    }
  }

  @Test
  void theWrongKindOfPort() throws Exception {
    try (MosquittoBroker plain = bench.plainBroker();
        MosquittoBroker secured = bench.broker("broker")) {
      failsAt(
          plain, bench.trust(), "port " + plain.port() + " may be its port without TLS", "8883");
      fails(secured.url(), TlsFiles.NONE, "write mqtts://");
    }
    try (ServerSocket talker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> greet(talker), "doorstep-talker");
      server.setDaemon(true);
      server.start();
      fails(
          "mqtts://127.0.0.1:" + talker.getLocalPort(),
          bench.trust(),
          "does not speak TLS on port " + talker.getLocalPort());
    }
  }

  private static void greet(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("220 another service is here\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client went; that is the end of it.
    }
  }

  @Test
  void filesThatCannotBeUsed() throws Exception {
    String url = "mqtts://localhost:1"; // the files come first; nobody is asked
    Path text = Files.writeString(bench.file("notes.txt"), "buy milk");
    Path broken =
        Files.writeString(
            bench.file("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
    fails(url, TlsFiles.NONE.withTrust(bench.file("gone.pem")), "gone.pem is not there");
    fails(url, TlsFiles.NONE.withTrust(folder), folder + " cannot be read");
    fails(url, TlsFiles.NONE.withTrust(text), "notes.txt is neither PEM nor PKCS#12");
    fails(url, TlsFiles.NONE.withTrust(broken), "broken.pem is damaged");
    fails(
        url, TlsFiles.NONE.withTrust(bench.file("broker.key")), "no certificate in", "broker.key");
    fails(url, files("client.pem", "client.pem"), "no private key in", "client.pem");
    fails(url, files("client.pem", "notes.txt"), "no private key in", "notes.txt");
    fails(
        url,
        files("client.pem", "broker.key"),
        bench.file("broker.key") + " does not fit the certificate in " + bench.file("client.pem"));
    var rsa = bench.authority().issue("P", pair("RSA", 2048), -1, 1);
    rsa.write(folder, "rsa");
    fails(url, files("client.pem", "rsa.key"), "does not fit");
  }

  @Test
  void passwordsThatAreWrongOrMissing() throws Exception {
    String url = "mqtts://localhost:1";
    var issued = bench.authority().issue("P");
    issued.write(folder, "me");
    pem(bench.file("locked.key"), TestAuthority.pkcs8(issued.key(), Optional.of("right")));
    TestAuthority.store(bench.file("me.p12"), issued, "right");
    Path wrong = Files.writeString(bench.file("wrong"), "wrong\n");

    fails(url, files("me.pem", "locked.key"), "locked.key is encrypted; set password-file");
    for (String certificate : new String[] {"me.pem", "me.p12"}) {
      TlsFiles files =
          new TlsFiles(
              Optional.empty(),
              Optional.empty(),
              Optional.of(bench.file(certificate)),
              Optional.of(bench.file("locked.key")).filter(key -> certificate.endsWith("pem")),
              Optional.of(wrong));
      fails(url, files, "the password for", "is wrong; check password-file");
    }
    TlsFiles noPassword =
        new TlsFiles(
            Optional.empty(),
            Optional.empty(),
            Optional.of(bench.file("me.p12")),
            Optional.empty(),
            Optional.empty());
    fails(url, noPassword, "me.p12", "password-file");
  }

  private TlsFiles files(String certificate, String key) {
    return bench.trust().withCertificate(bench.file(certificate), bench.file(key));
  }
}
