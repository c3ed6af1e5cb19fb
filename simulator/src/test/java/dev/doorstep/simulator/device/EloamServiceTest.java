package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as the JDK's WebSocket sees it. */
class EloamServiceTest {
  private static final Duration AMPLE = Duration.ofSeconds(10);

  private final EloamService service = EloamService.start(0);
  private final Messages messages = new Messages();
  private WebSocket page;

  @BeforeEach
  void connect() throws Exception {
    page =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + service.port()), messages)
            .get(AMPLE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    page.abort();
    service.close();
  }

  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        whole.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private JsonNode next() throws InterruptedException {
    String text = messages.whole.poll(AMPLE.toSeconds(), TimeUnit.SECONDS);
    assertThat(text).isNotNull();
    return JsonMapper.shared().readTree(text);
  }

  private JsonNode ask(String json) throws Exception {
    page.sendText(json.replace('\'', '"'), true).get(AMPLE.toSeconds(), TimeUnit.SECONDS);
    return next();
  }

  private int ret(String json) throws Exception {
    return ask(json).path("ret").asInt();
  }

  @Test
  void takesPicturesFromInitToDeinit() throws Exception {
    service.show(new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB));
    assertThat(ret("{'function':'GetDeviceCount'}")).isEqualTo(-2);
    assertThat(ret("{'function':'InitDevs'}")).isZero();
    assertThat(ask("{'function':'GetDeviceCount'}").path("value").asInt()).isEqualTo(1);
    assertThat(ask("{'function':'GetResolution','device':0}").path("value").asString())
        .startsWith("2592x1944|");
    assertThat(ret("{'function':'ScanImage'}")).isEqualTo(-2);
    assertThat(ret("{'function':'OpenCamera','datacallback':false}")).isZero();
    assertThat(ret("{'function':'OpenCamera','datacallback':false}")).isEqualTo(-2);
    assertThat(service.open()).isEqualTo(1);
    byte[] jpeg =
        Base64.getDecoder().decode(ask("{'function':'ScanImage'}").path("value").asString());
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(64);
    assertThat(ret("{'function':'CloseCamera'}")).isZero();
    assertThat(ret("{'function':'DeinitDevs'}")).isZero();
    assertThat(ret("{'function':'Dance'}")).isEqualTo(-2);
    assertThat(service.open()).isZero();
  }

  @Test
  void pushesPicturesWhileACameraIsOpenAndForgetsAPageThatLeaves() throws Exception {
    service.pushes(3, Duration.ofMillis(5));
    assertThat(ret("{'function':'InitDevs'}")).isZero();
    assertThat(ret("{'function':'OpenCamera','datacallback':true}")).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(next().path("function").asString()).isEqualTo("ImageCallback");
    }
    assertThat(service.connected()).isTrue();
    page.abort();
    await().atMost(AMPLE).until(() -> service.open() == 0 && !service.connected());
  }

  @Test
  void failsAsItIsTold() throws Exception {
    service.fault(EloamFault.FAILS);
    assertThat(ret("{'function':'InitDevs'}")).isEqualTo(-2);
    service.fault(EloamFault.NO_CAMERA);
    assertThat(ret("{'function':'InitDevs'}")).isZero();
    assertThat(ask("{'function':'GetDeviceCount'}").path("value").asInt()).isZero();
    service.clear();
    int port = service.port();
    service.stop();
    assertThat(service.started()).isFalse();
    service.start();
    assertThat(service.port()).isEqualTo(port);
  }
}
