package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told when there is no way to the broker, in both languages. */
class BrokerExceptionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Path WORDS =
      Path.of("src/main/resources/dev/doorstep/protocol/mqtt/words.properties");

  @ParameterizedTest
  @CsvSource({
    "0x80, without a reason (0x80), 未说明原因",
    "0x84, does not speak MQTT 5 (0x84), 不支持 MQTT 5",
    "0x85, does not accept the client id (0x85), 客户端编号",
    "0x86, user or password is wrong (0x86), 密码错误",
    "0x87, this user may not connect (0x87), 不得连接",
    "0x88, not available now (0x88), 暂不可用",
    "0x8A, banned (0x8A), 禁止",
    "0x8C, another way to log in (0x8C), 其他登录方式",
    "0x97, quota is used up (0x97), 配额",
    "0x9B, does not take this quality of service (0x9B), 服务质量",
    "0xEE, a reason that is not known here, 未知原因", // nobody knows it
  })
  void aRefusedConnection(String code, String english, String chinese) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> refused =
          CompletableFuture.runAsync(() -> refuse(server, Integer.decode(code)));

      BrokerException failure =
          failure(new BrokerAddress("127.0.0.1", server.getLocalPort()), TlsFiles.NONE);

      refused.get(LONG.toSeconds(), TimeUnit.SECONDS);
      String address = "mqtt://127.0.0.1:" + server.getLocalPort();
      assertThat(failure)
          .hasMessageStartingWith("no connection to the broker at " + address + ": ")
          .hasMessageContaining(english);
      assertThat(failure.text(Locale.ENGLISH)).isEqualTo(failure.getMessage());
      assertThat(failure.text(Locale.CHINA)).contains("无法连接", address, chinese);
    }
  }

  private static void refuse(ServerSocket server, int code) {
    try (Socket client = server.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readUnsignedByte();
      in.readNBytes(in.readUnsignedByte()); // CONNECT, which is short
      client.getOutputStream().write(Wire.packet(0x20, new byte[] {0, (byte) code, 0}));
      assertThat(in.read()).isNegative();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    BrokerException failure = failure(new BrokerAddress("127.0.0.1", port), TlsFiles.NONE);

    assertThat(failure).hasMessageContaining("nobody listens on port " + port + ";");
    assertThat(failure.text(Locale.CHINESE)).contains("端口 " + port + " 上没有服务");
  }

  /** Some programs export a key alone. */
  @Test
  void aStoreWithAKeyAlone(@TempDir Path folder) throws Exception {
    char[] password = "secret".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    PrivateKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    store.setKeyEntry("me", encrypted(key, password), null);
    Path file = folder.resolve("me.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    TlsFiles files =
        new TlsFiles(
            Optional.empty(),
            Optional.empty(),
            Optional.of(file),
            Optional.empty(),
            Optional.of(Files.writeString(folder.resolve("password"), "secret\n")));

    BrokerException failure = failure(new BrokerAddress("localhost", 1, true), files);

    assertThat(failure)
        .hasMessageContaining("a private key in " + file + ", but no certificate to it");
    assertThat(failure.text(Locale.CHINESE)).contains("没有对应的证书");
  }

  /** As the store takes a key without its certificates. */
  private static byte[] encrypted(PrivateKey key, char[] password) throws Exception {
    String way = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(way);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(way).generateSecret(new PBEKeySpec(password)),
        new PBEParameterSpec(new byte[8], 2048));
    return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()))
        .getEncoded();
  }

  @Test
  void everyTextStandsInBothLanguages() throws Exception {
    Properties words = new Properties();
    try (Reader in = Files.newBufferedReader(WORDS)) {
      words.load(in);
    }
    assertThat(words).hasSizeGreaterThan(70);
    for (String key : words.stringPropertyNames()) {
      Wording wording = Wording.of(key, "first", "second");
      assertThat(wording.in(Locale.ENGLISH)).as(key).matches("[ -~]+").doesNotContain("''", "{");
      assertThat(wording.in(Locale.CHINESE)).as(key).containsPattern("\\p{IsHan}");
      assertThat(wording.in(Locale.CHINESE)).as(key).doesNotContain("{", "}");
    }
    for (int code = 0x80; code <= 0xFF; code++) {
      assertThat(Reasons.of(code).in(Locale.ENGLISH)).contains(String.format("0x%02X", code));
    }
  }

  private static BrokerException failure(BrokerAddress address, TlsFiles files) {
    BrokerLogin login =
        new BrokerLogin(
            address,
            "refused",
            Optional.empty(),
            Optional.empty(),
            LONG,
            Duration.ofMinutes(1),
            Optional.empty(),
            files);
    return catchThrowableOfType(
        BrokerException.class, () -> BrokerConnection.open(login, List.of(), new Deaf()).close());
  }

  private static final class Deaf implements BrokerConnection.Events {
    @Override
    public void arrived(BrokerConnection connection, Message message) {}

    @Override
    public void lost(BrokerConnection connection, int reason) {}
  }
}
