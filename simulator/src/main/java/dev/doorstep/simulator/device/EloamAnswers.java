package dev.doorstep.simulator.device;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One connection to the service of a document camera's vendor; on its thread. */
final class EloamAnswers extends SimpleChannelInboundHandler<TextWebSocketFrame> {
  private static final String SIZES = "2592x1944|1600x1200|640x480";
  private static final int FILLER = 1 << 20;

  private final EloamService.Scene scene;
  private boolean woken;
  private boolean open;
  private int pushed;

  EloamAnswers(EloamService.Scene scene) {
    this.scene = scene;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
    EloamFault fault = scene.fault;
    if (fault == EloamFault.SILENT) {
      return;
    }
    JsonNode request = JsonMapper.shared().readTree(frame.text());
    String function = request.path("function").asString();
    if (fault == EloamFault.GARBAGE) {
      write(ctx, "ret=0;" + function);
    } else if (fault == EloamFault.FAILS) {
      write(ctx, answer(function, -2).toString());
    } else {
      write(ctx, function, request);
    }
  }

  private void write(ChannelHandlerContext ctx, String function, JsonNode request) {
    int ret = woken || function.equals("InitDevs") ? 0 : -2;
    ObjectNode answer = answer(function, ret);
    switch (function) {
      case "InitDevs" -> woken = true;
      case "GetDeviceCount" -> answer.put("value", scene.fault == EloamFault.NO_CAMERA ? 0 : 1);
      case "GetResolution" -> answer.put("value", SIZES);
      case "OpenCamera" -> {
        demandClosed(answer);
        write(ctx, answer.toString());
        if (request.path("datacallback").asBoolean()) {
          push(ctx);
        }
        return;
      }
      case "ScanImage" -> {
        picture(ctx, answer.put("ret", open ? 0 : -2));
        return;
      }
      case "CloseCamera", "DeinitDevs" -> close();
      default -> answer.put("ret", -2);
    }
    write(ctx, answer.toString());
  }

  private void demandClosed(ObjectNode answer) {
    answer.put("ret", open || !woken ? -2 : 0);
    if (!open && woken) {
      open = true;
      scene.open.incrementAndGet();
    }
  }

  private void close() {
    if (open) {
      open = false;
      scene.open.decrementAndGet();
    }
  }

  private void push(ChannelHandlerContext ctx) {
    if (open && ctx.channel().isActive() && pushed < scene.mostPushed) {
      if (scene.fault != EloamFault.SILENT && ctx.channel().isWritable()) {
        pushed++;
        picture(ctx, JsonMapper.shared().createObjectNode().put("function", "ImageCallback"));
      }
      var unused =
          ctx.executor().schedule(() -> push(ctx), scene.between.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void picture(ChannelHandlerContext ctx, ObjectNode message) {
    String base64 = Base64.getEncoder().encodeToString(scene.picture());
    EloamFault fault = scene.fault;
    if (fault == EloamFault.CLOSING) {
      ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
          .addListener(ChannelFutureListener.CLOSE);
    } else if (fault == EloamFault.CUT) {
      byte[] half = message.put("value", base64).toString().getBytes(StandardCharsets.UTF_8);
      ctx.writeAndFlush(
              new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(half, 0, half.length / 2)))
          .addListener(ChannelFutureListener.CLOSE);
    } else if (fault == EloamFault.HUGE) {
      String begin = message.put("value", "").toString();
      write(ctx, new TextWebSocketFrame(false, 0, begin.substring(0, begin.length() - 2)));
      fill(ctx);
    } else if (fault == EloamFault.NO_BASE64) {
      write(ctx, message.put("value", "~*" + base64).toString());
    } else if (fault == EloamFault.NO_PICTURE) {
      write(ctx, message.put("value", "AQIDBAUGBwg=").toString());
    } else {
      write(ctx, message.put("value", base64).toString());
    }
  }

  /** On and on, as fast as it is read. */
  private static void fill(ChannelHandlerContext ctx) {
    byte[] filler = new byte[FILLER];
    Arrays.fill(filler, (byte) 'A');
    ctx.writeAndFlush(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(filler)))
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                ctx.executor().execute(() -> fill(ctx));
              }
            });
  }

  private static ObjectNode answer(String function, int ret) {
    return JsonMapper.shared().createObjectNode().put("function", function).put("ret", ret);
  }

  private static void write(ChannelHandlerContext ctx, String text) {
    write(ctx, new TextWebSocketFrame(text));
  }

  private static void write(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
    ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var unused = ctx.close();
  }
}
