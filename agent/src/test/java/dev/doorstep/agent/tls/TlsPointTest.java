package dev.doorstep.agent.tls;

import static dev.doorstep.agent.tls.TestAuthority.pair;
import static dev.doorstep.agent.tls.TestAuthority.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.agent.Agent;
import dev.doorstep.agent.RunningPoint;
import dev.doorstep.agent.cli.VisitOutput;
import dev.doorstep.agent.tls.TestAuthority.Issued;
import dev.doorstep.protocol.mqtt.TlsFiles;
import dev.doorstep.simulator.testing.MosquittoBroker;
import dev.doorstep.simulator.testing.RealComponent;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections with TLS to a real mosquitto, by those who should get in. */
@RealComponent("mosquitto")
class TlsPointTest {
  private static final String CERTIFICATE = ", certificate: me.pem, key: me.key";
  private static final String IN_BROKERS_LOG = "as doorstep-P (p5, c0, k20, u'%s')";

  @TempDir private Path folder;
  private TlsBench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new TlsBench(folder);
  }

  @Test
  void largeMessagesPassByNameAndByAddressInBothVersions() throws Exception {
    byte[] large = new byte[300_000];
    Arrays.fill(large, (byte) 7);
    // A Receive Maximum of 65 535, with which Paho by itself publishes nothing.
    for (String version : new String[] {"tlsv1.2", "tlsv1.3"}) {
      try (MosquittoBroker broker =
          bench.broker("broker", "max_inflight_messages 0", "tls_version " + version)) {
        String byAddress = "mqtts://127.0.0.1:" + broker.port();
        for (String url : new String[] {TlsBench.url(broker), byAddress}) {
          assertThat(TlsBench.echo(url, bench.trust(), large)).isEqualTo(large);
        }
      }
    }
  }

  @Test
  void everyFormOfAKeyIsRead() throws Exception {
    KeyPair rsa = pair("RSA", 2048);
    Issued byRsa = bench.authority().issue("P", rsa, -1, 1);
    KeyPair curve = pair("EC", 384);
    Issued byCurve = bench.authority().issue("P", curve, -1, 1);
    Path password = Files.writeString(bench.file("password"), "right\n");
    pem(bench.file("rsa.pem"), byRsa.certificate());
    pem(bench.file("curve.pem"), byCurve.certificate());
    pem(bench.file("pkcs8.key"), TestAuthority.pkcs8(byRsa.key(), Optional.empty()));
    pem(bench.file("pkcs8-locked.key"), TestAuthority.pkcs8(byCurve.key(), Optional.of("right")));
    pem(bench.file("pkcs1.key"), rsa.getPrivate());
    ASN1ObjectIdentifier secp384r1 = SECObjectIdentifiers.secp384r1;
    BigInteger number = ((java.security.interfaces.ECPrivateKey) curve.getPrivate()).getS();
    PemObject sec1 =
        new PemObject("EC PRIVATE KEY", new ECPrivateKey(384, number, secp384r1).getEncoded());
    pem(bench.file("sec1.key"), new PemObject("EC PARAMETERS", secp384r1.getEncoded()), sec1);
    pem(
        bench.file("pkcs1-locked.key"),
        new JcaMiscPEMGenerator(
            rsa.getPrivate(),
            new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(TestAuthority.BOUNCY_CASTLE)
                .build("right".toCharArray())));
    pem(bench.file("both.pem"), byCurve.certificate(), sec1);
    TestAuthority.store(bench.file("store.p12"), byRsa, "right");

    try (MosquittoBroker broker = bench.broker("broker", "require_certificate true")) {
      for (TlsFiles files :
          Stream.of(
                  files("rsa.pem", "pkcs8.key", Optional.empty()),
                  files("curve.pem", "pkcs8-locked.key", Optional.of(password)),
                  files("rsa.pem", "pkcs1.key", Optional.empty()),
                  files("curve.pem", "sec1.key", Optional.empty()),
                  files("rsa.pem", "pkcs1-locked.key", Optional.of(password)),
                  files("both.pem", "both.pem", Optional.empty()),
                  files("both.pem", "", Optional.empty()),
                  files("store.p12", "", Optional.of(password)))
              .toList()) {
        assertThat(TlsBench.echo(TlsBench.url(broker), files, new byte[3]))
            .as(files.toString())
            .hasSize(3);
      }
    }
  }

  @Test
  void authoritiesMayStandInAPkcs12Store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", bench.authority().certificate());
    try (var out = Files.newOutputStream(bench.file("authority.p12"))) {
      store.store(out, "right".toCharArray());
    }
    TlsFiles files =
        new TlsFiles(
            Optional.of(bench.file("authority.p12")),
            Optional.of(Files.writeString(bench.file("trust.password"), "right")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (MosquittoBroker broker = bench.broker("broker")) {
      assertThat(TlsBench.echo(TlsBench.url(broker), files, new byte[3])).hasSize(3);
    }
  }

  @Test
  void aRenewedCertificateCountsFromTheNextConnectionOn() throws Exception {
    bench.authority().issue("first").write(folder, "me");
    try (MosquittoBroker broker =
        bench.broker(
            "broker",
            "require_certificate true",
            "use_identity_as_username true",
            "log_dest file " + bench.file("broker.log"),
            "log_type all")) {
      Path log = bench.file("broker.log");
      try (Agent agent = RunningPoint.start(configuration(broker, CERTIFICATE))) {
        await().atMost(Duration.ofSeconds(20)).until(agent::isOnline);
        assertThat(log).content().contains(IN_BROKERS_LOG.formatted("first"));

        bench.authority().issue("second").write(folder, "me");
        broker.restart();

        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> Files.readString(log).contains(IN_BROKERS_LOG.formatted("second")));
      }
    }
  }

  @Test
  void checkAndCenterCallTellWhatIsWrong() throws Exception {
    bench.authority().issue("P").write(folder, "me");
    try (MosquittoBroker broker = bench.broker("broker", "require_certificate true")) {
      Path right = configuration(broker, CERTIFICATE);
      assertThat(VisitOutput.of("check", right.toString(), "--lang", "en"))
          .contains("lets the point in");

      Path wrong = configuration(broker, "");
      assertThat(VisitOutput.of("check", wrong.toString(), "--lang", "en"))
          .contains("does not let the point in", "it wants a client certificate");

      String[] call = {
        "center",
        "call",
        "--broker",
        TlsBench.url(broker),
        "--point",
        "nobody",
        "agent",
        "agent.describe",
        "--ca",
        bench.file("authority.pem").toString()
      };
      assertThat(VisitOutput.of(call)).contains("it wants a client certificate");
    }
  }

  private Path configuration(MosquittoBroker broker, String more) throws Exception {
    String mqtt = "url: \"%s\", tls: {trust: authority.pem%s}";
    return RunningPoint.writeWith(folder, mqtt.formatted(TlsBench.url(broker), more), "[]");
  }

  private TlsFiles files(String certificate, String key, Optional<Path> password) {
    return new TlsFiles(
        Optional.of(bench.file("authority.pem")),
        Optional.empty(),
        Optional.of(bench.file(certificate)),
        Optional.of(key).filter(name -> !name.isEmpty()).map(bench::file),
        password);
  }
}
