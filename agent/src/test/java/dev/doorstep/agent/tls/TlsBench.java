package dev.doorstep.agent.tls;

import dev.doorstep.protocol.mqtt.BrokerAddress;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import dev.doorstep.protocol.mqtt.Message;
import dev.doorstep.protocol.mqtt.Subscription;
import dev.doorstep.protocol.mqtt.TlsFiles;
import dev.doorstep.simulator.testing.MosquittoBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bouncycastle.asn1.x509.GeneralName;

/** A folder with an authority, certificates of all kinds, and brokers that use them. */
final class TlsBench {
  static final GeneralName LOCALHOST = new GeneralName(GeneralName.dNSName, "localhost");
  static final GeneralName LOOPBACK = new GeneralName(GeneralName.iPAddress, "127.0.0.1");

  private final Path folder;
  private final TestAuthority authority = new TestAuthority("Doorstep test authority");

  TlsBench(Path folder) throws IOException {
    this.folder = folder;
    TestAuthority.pem(file("authority.pem"), authority.certificate());
    authority.issue("broker", LOCALHOST, LOOPBACK).write(folder, "broker");
    authority.issue("P").write(folder, "client");
  }

  TestAuthority authority() {
    return authority;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The authority's file and nothing else. */
  TlsFiles trust() {
    return TlsFiles.NONE.withTrust(file("authority.pem"));
  }

  /** A broker with TLS alone, and further settings. */
  MosquittoBroker broker(String certificate, String... more) throws IOException {
    List<String> settings = new ArrayList<>();
    settings.add("user root"); // where it is root it would become another, and not read the files
    settings.add("cafile " + file("authority.pem"));
    settings.add("certfile " + file(certificate + ".pem"));
    settings.add("keyfile " + file(certificate + ".key"));
    settings.addAll(List.of(more));
    return plainBroker(settings.toArray(String[]::new));
  }

  MosquittoBroker plainBroker(String... settings) throws IOException {
    return MosquittoBroker.start(Files.createTempDirectory(folder, "broker"), settings);
  }

  static String url(MosquittoBroker broker) {
    return "mqtts://localhost:" + broker.port();
  }

  /** Connects and sends itself a message; returns what came back. */
  static byte[] echo(String url, TlsFiles files, byte[] payload) throws Exception {
    BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    BrokerConnection.Events events =
        new BrokerConnection.Events() {
          @Override
          public void arrived(BrokerConnection connection, Message message) {
            arrived.add(message.payload());
          }

          @Override
          public void lost(BrokerConnection connection, int reason) {
            arrived.add(new byte[0]);
          }
        };
    BrokerLogin login =
        new BrokerLogin(
            BrokerAddress.of(URI.create(url)),
            "echo",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ZERO,
            Optional.empty(),
            files);
    try (BrokerConnection connection =
        BrokerConnection.open(login, List.of(Subscription.to("echo")), events)) {
      connection.publish(Message.of("echo", payload), reason -> {});
      return arrived.take(); // the test's own time limit ends it
    }
  }
}
