package dev.doorstep.protocol.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a broker sends into packets, so that the decoder never sees a part: it would hold
 * properties without an end. A packet is as long as its head says, at most {@value #LARGEST} bytes
 * behind it; one that arrives in parts is put together in an array of its size. One connection.
 */
final class WholePackets extends ChannelInboundHandlerAdapter {
  /** The largest packet that this side announces; the largest that it takes has some bytes more. */
  static final int LARGEST = 1 << 20;

  private static final int LONGEST_HEAD = 5;

  /** How an alert of TLS begins; a broker sends no packet of MQTT that does. */
  private static final int TLS_ALERT = 0x15;

  private final LongSupplier decoded;
  private @Nullable ByteBuf partial;
  private boolean ended;

  /**
   * At the beginning.
   *
   * @param decoded how many packets came out of the decoder: each that goes in is to come out
   */
  WholePackets(LongSupplier decoded) {
    this.decoded = decoded;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && !ended) {
        next(ctx, in);
      }
    } catch (Ending | BrokerException e) {
      ended = true;
      throw e;
    } finally {
      in.release();
    }
  }

  private void next(ChannelHandlerContext ctx, ByteBuf in) throws Ending, BrokerException {
    ByteBuf known = partial;
    if (known == null) {
      int size = size(in);
      if (size > 0 && size <= in.readableBytes()) {
        pass(ctx, in.readRetainedSlice(size));
        return;
      }
      known = ctx.alloc().heapBuffer(size > 0 ? size : LONGEST_HEAD);
      partial = known;
    }
    int size = size(known);
    while (size < 0 && in.isReadable()) { // the head comes byte by byte until it tells the size
      known.writeByte(in.readByte());
      size = size(known);
    }
    if (size < 0) {
      return;
    }
    known.ensureWritable(size - known.writerIndex());
    in.readBytes(known, Math.min(in.readableBytes(), size - known.writerIndex()));
    if (known.readableBytes() == size) {
      partial = null;
      pass(ctx, known);
    }
  }

  private void pass(ChannelHandlerContext ctx, ByteBuf packet) throws Ending {
    long before = decoded.getAsLong();
    ctx.fireChannelRead(packet);
    if (decoded.getAsLong() != before + 1) {
      throw Ending.broken(Ending.MALFORMED, "a packet with lengths beyond its end");
    }
  }

  /** The size of the packet that begins here, or -1 if its head is not complete. */
  private static int size(ByteBuf in) throws Ending, BrokerException {
    int start = in.readerIndex();
    if (in.isReadable() && in.getUnsignedByte(start) == TLS_ALERT) {
      throw new BrokerException(Wording.of("speaks-tls"));
    }
    int length = 0;
    for (int at = 1; at < Math.min(LONGEST_HEAD, in.readableBytes()); at++) {
      int digit = in.getUnsignedByte(start + at);
      length |= (digit & 0x7F) << (7 * (at - 1));
      if (digit < 0x80) {
        if (length > LARGEST) {
          throw Ending.broken(Ending.TOO_LARGE, "a packet of " + length + " bytes");
        }
        return at + 1 + length;
      }
    }
    if (in.readableBytes() >= LONGEST_HEAD) {
      throw Ending.broken(Ending.MALFORMED, "a length of more than four bytes");
    }
    return -1;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    ended = true;
    ByteBuf left = partial;
    partial = null;
    if (left != null) {
      left.release();
    }
  }
}
