package dev.doorstep.driver.transport.screen;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open page, after the upgrade to WebSocket. */
final class PageConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger log = LoggerFactory.getLogger(PageConnection.class);

  /** How often the page hears something, so that it notices a line that died without a word. */
  private static final long BEAT_SECONDS = 10;

  private static final String BEAT = "{}";

  private final ServedScreen screen;
  private @Nullable Future<?> beat;

  PageConnection(ServedScreen screen) {
    this.screen = screen;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    beat =
        context
            .executor()
            .scheduleAtFixedRate(
                () ->
                    context
                        .writeAndFlush(new TextWebSocketFrame(BEAT))
                        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE),
                BEAT_SECONDS,
                BEAT_SECONDS,
                TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (beat != null) {
      beat.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame message) {
      screen.received(message.text());
    } else if (frame instanceof PingWebSocketFrame) {
      context
          .writeAndFlush(new PongWebSocketFrame(frame.content().retain()))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else if (frame instanceof CloseWebSocketFrame) {
      context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    } else if (!(frame instanceof PongWebSocketFrame)) {
      log.warn("a page sent something else than text and was closed");
      context
          .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Silence: the first time a question, the second time the end. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof IdleStateEvent silence)) {
      context.fireUserEventTriggered(event);
    } else if (silence.isFirst()) {
      context
          .writeAndFlush(new PingWebSocketFrame())
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      log.warn("a page that gives no sign of life was closed");
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    screen.leave(context.channel());
    context.fireChannelInactive();
  }

  /** The decoder has sent the close frame that fits; its text may quote what came in. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.warn("a page broke the protocol and was closed: {}", cause.getClass().getSimpleName());
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
