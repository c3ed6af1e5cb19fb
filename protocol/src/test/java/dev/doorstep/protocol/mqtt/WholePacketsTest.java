package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholePacketsTest {
  private static final byte[] SENT =
      Wire.join(
          Wire.connack(Wire.receiveMaximum(9)),
          Wire.publish("doorstep/v1/p/d", Wire.correlation(300), Wire.utf8("{}")),
          Wire.PING_RESPONSE,
          Wire.publish(0x30, Wire.utf8("t"), Wire.NONE, new byte[500]));

  /** Counts as the decoder's end does. */
  private static final class Count extends ChannelInboundHandlerAdapter {
    private long packets;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      packets++;
      ctx.fireChannelRead(message);
    }

    long packets() {
      return packets;
    }
  }

  private static List<byte[]> passed(byte[] sent, int chunk) {
    Count count = new Count();
    EmbeddedChannel channel = new EmbeddedChannel(new WholePackets(count::packets), count);
    List<byte[]> passed = new ArrayList<>();
    try {
      for (int at = 0; at < sent.length; at += chunk) {
        channel.writeInbound(
            Unpooled.copiedBuffer(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + chunk))));
      }
    } finally {
      for (ByteBuf packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
        passed.add(ByteBufUtil.getBytes(packet));
        packet.release();
      }
      channel.finishAndReleaseAll();
    }
    return passed;
  }

  @Test
  void cutsPacketsAtEveryChunkSize() {
    for (int chunk = 1; chunk <= SENT.length; chunk++) {
      List<byte[]> packets = passed(SENT, chunk);
      assertThat(packets).as("chunks of %d", chunk).hasSize(4);
      assertThat(Wire.join(packets.toArray(byte[][]::new))).isEqualTo(SENT);
    }
  }

  @Test
  void putsLargeOnesTogether() {
    byte[] large = Wire.publish("t", Wire.NONE, new byte[1_000_000]);
    List<byte[]> packets = passed(Wire.join(large, SENT, large), 64_000);
    assertThat(packets).hasSize(6);
    assertThat(packets.get(5)).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void endsWhereAPacketIsTooLarge(int chunk) {
    byte[] sent = Wire.join(new byte[] {0x30}, Wire.length(WholePackets.LARGEST + 1), new byte[9]);
    assertThatThrownBy(() -> passed(sent, chunk))
        .isInstanceOf(Ending.class)
        .hasMessageContaining("1048577 bytes");
    byte[] endless = Wire.join(new byte[] {0x30, -1, -1, -1, -1, 1}, new byte[9]);
    assertThatThrownBy(() -> passed(endless, chunk))
        .isInstanceOf(Ending.class)
        .hasMessageContaining("more than four bytes");
  }

  @Test
  void knowsTls() {
    assertThatThrownBy(() -> passed(new byte[] {0x15, 3, 3, 0, 2, 2, 40}, 7))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("write mqtts://");
  }

  /** Behind a decoder that would wait for the rest of a packet that has none. */
  @Test
  void demandsThatEachPacketIsDecoded() {
    EmbeddedChannel channel = new EmbeddedChannel(new WholePackets(() -> 0));
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.copiedBuffer(Wire.PING_RESPONSE)))
        .isInstanceOf(Ending.class)
        .hasMessageContaining("beyond its end");
    channel.finishAndReleaseAll();
  }
}
