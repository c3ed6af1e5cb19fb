package dev.doorstep.driver.transport.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a browser asks, or whoever says he is one, only this machine's own GET passes. */
class RequestFuzzTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.2", 7789);
  private static final Door OWN = new Door(Optional.empty(), HERE);
  private static final Door NETWORK =
      new Door(Optional.of(new Pairing(List.of(), tablets -> {}, System::nanoTime)), HERE);

  @MethodSource("requests")
  @FuzzTest
  void gate(byte[] sent) {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec());
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(sent));
      for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
        if (read instanceof HttpRequest request && RequestGate.refusal(request, OWN).isEmpty()) {
          assertThat(request.method().name()).isEqualTo("GET");
          assertThat(request.headers().get("Host").toLowerCase(Locale.ROOT))
              .matches("(localhost|127\\.[0-9.]+|\\[::1]).*");
          if (RequestGate.refusalOfUpgrade(request).isEmpty()) {
            assertThat(request.headers().get("Origin"))
                .isEqualToIgnoringCase("http://" + request.headers().get("Host"));
          }
        }
        if (read instanceof HttpRequest request
            && RequestGate.refusal(request, NETWORK).isEmpty()) {
          assertThat(request.headers().get("Host")).isEqualTo("127.0.0.2:7789");
          assertThat(request.method().name().equals("GET") || RequestGate.isCode(request)).isTrue();
          assertThat(NETWORK.letsIn(request)).as("nobody is paired").isFalse();
        }
        ReferenceCountUtil.release(read);
      }
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  static Stream<byte[]> requests() {
    return Stream.of(
            """
            GET /screen/pad HTTP/1.1
            Host: 127.0.0.1:7789

            """,
            """
            GET /screen/pad/channel HTTP/1.1
            Host: 127.0.0.1:7789
            Origin: http://127.0.0.1:7789
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """,
            """
            POST /pair HTTP/1.1
            Host: 127.0.0.2:7789
            Origin: http://127.0.0.2:7789
            Cookie: doorstep-screen=abc; x
            Content-Length: 8

            12345678
            """,
            """
            POST / HTTP/1.1
            Host: 127.0.0.1:7789
            Content-Length: 3

            abc""",
            """
            GET / HTTP/1.0
            Host: a
            Host: b
            Transfer-Encoding: chunked

            1
            x
            """)
        .map(text -> text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
