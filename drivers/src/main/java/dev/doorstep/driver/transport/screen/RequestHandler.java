package dev.doorstep.driver.transport.screen;

import dev.doorstep.protocol.Content;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection before it becomes a WebSocket: takes one request and answers it with a file, a
 * refusal or the upgrade, within a time that covers all of it.
 */
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final String PREFIX = "/screen/";
  private static final String CHANNEL = "/channel";
  private static final String FILE = "/file/";

  /** As long as browsers keep a cookie at most; each page that is opened begins it anew. */
  private static final Duration KEPT = Duration.ofDays(400);

  /** Nothing from elsewhere, nothing inline, in no frame, in no cache. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store",
          "Connection", "close");

  private final Page page;
  private final Map<String, ServedScreen> screens;
  private final Limits limits;
  private final Door door;
  private final Strangers strangers;
  private final StringBuilder code = new StringBuilder();
  private @Nullable HttpRequest pending;
  private @Nullable Future<?> timer;
  private boolean answered;
  private @Nullable String cookie;

  RequestHandler(
      Page page, Map<String, ServedScreen> screens, Limits limits, Door door, Strangers strangers) {
    this.page = page;
    this.screens = screens;
    this.limits = limits;
    this.door = door;
    this.strangers = strangers;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Runnable giveUp = () -> drop(context);
    timer = context.executor().schedule(giveUp, limits.request().toMillis(), TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** A refusal needs no more than the head; anything else waits for the end of the request. */
  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (answered) {
      return;
    }
    if (message instanceof HttpRequest request) {
      Optional<HttpResponseStatus> refusal = RequestGate.refusal(request, door);
      if (refusal.isPresent()) {
        refuse(context, refusal.get());
      } else {
        pending = request;
      }
    }
    if (pending == null) {
      return;
    }
    if (message instanceof HttpContent part && RequestGate.isCode(pending)) {
      code.append(part.content().toString(StandardCharsets.US_ASCII));
    }
    if (message instanceof LastHttpContent) {
      if (door.letsIn(pending)) {
        serve(context, pending);
      } else if (strangers.mayAsk()) {
        serveStranger(context, pending);
      } else {
        refuse(context, HttpResponseStatus.TOO_MANY_REQUESTS);
      }
    }
  }

  /** A stranger sees the same page wherever they look, and its two files; nothing else is told. */
  private void serveStranger(ChannelHandlerContext context, HttpRequest request) {
    if (RequestGate.isCode(request)) {
      pair(context);
      return;
    }
    Content.Data file = page.strange(path(request));
    answer(context, HttpResponseStatus.OK, file.contentType(), file.bytes());
  }

  private void pair(ChannelHandlerContext context) {
    Optional<String> token = door.pairing().flatMap(pairing -> pairing.redeem(code.toString()));
    if (token.isEmpty()) {
      refuse(context, HttpResponseStatus.FORBIDDEN);
      return;
    }
    cookie = cookie(token.get());
    answer(context, HttpResponseStatus.OK, "text/plain; charset=us-ascii", new byte[0]);
  }

  private static String cookie(String token) {
    return Door.COOKIE
        + "="
        + token
        + "; Path=/; Max-Age="
        + KEPT.toSeconds()
        + "; HttpOnly; SameSite=Strict";
  }

  private static String path(HttpRequest request) {
    int query = request.uri().indexOf('?');
    return query < 0 ? request.uri() : request.uri().substring(0, query);
  }

  /** The path is compared as it stands: nothing is decoded, so nothing can lead elsewhere. */
  private void serve(ChannelHandlerContext context, HttpRequest request) {
    if (RequestGate.isCode(request)) {
      refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED); // it is paired already
      return;
    }
    String path = path(request);
    if (path.equals("/")) {
      answer(context, HttpResponseStatus.OK, "text/html; charset=utf-8", screens());
      return;
    }
    String name = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
    ServedScreen channel =
        name.endsWith(CHANNEL)
            ? screens.get(name.substring(0, name.length() - CHANNEL.length()))
            : null;
    Optional<Content.Data> file = file(name);
    if (channel != null) {
      upgrade(context, request, channel);
    } else if (file.isPresent()) {
      cookie = door.token(request).map(RequestHandler::cookie).orElse(null);
      answer(context, HttpResponseStatus.OK, file.get().contentType(), file.get().bytes());
    } else {
      refuse(context, HttpResponseStatus.NOT_FOUND);
    }
  }

  /** What whoever knows the address alone gets: the way to each screen. */
  private byte[] screens() {
    String links =
        screens.keySet().stream()
            .sorted()
            .map(name -> "<h1><a href=\"%s%s\">%s</a></h1>\n".formatted(PREFIX, name, name))
            .collect(Collectors.joining());
    return ("<!doctype html>\n<html lang=\"zh\">\n<title>屏幕 · Screens</title>\n" + links)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The page itself, one of its files, or a file of what a screen shows now. */
  private Optional<Content.Data> file(String name) {
    int shown = name.indexOf(FILE);
    if (shown < 0) {
      return screens.containsKey(name) ? Optional.of(page.document()) : page.file(name);
    }
    return Optional.ofNullable(screens.get(name.substring(0, shown)))
        .flatMap(screen -> screen.file(name.substring(shown + FILE.length())));
  }

  private void upgrade(ChannelHandlerContext context, HttpRequest request, ServedScreen screen) {
    Optional<HttpResponseStatus> refusal = RequestGate.refusalOfUpgrade(request);
    if (refusal.isPresent()) {
      refuse(context, refusal.get());
      return;
    }
    answered = true;
    ChannelPipeline pipeline = context.pipeline();
    pipeline
        .addLast(new IdleStateHandler(limits.silence().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
        .addLast(new Utf8FrameValidator())
        .addLast(new WebSocketFrameAggregator(Limits.MESSAGE))
        .addLast(new PageConnection(screen));
    WebSocketDecoderConfig strict =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.MESSAGE)
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .closeOnProtocolViolation(true)
            .build();
    new WebSocketServerHandshaker13("", null, strict)
        .handshake(
            context.channel(),
            new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                pipeline.remove(this);
                screen.join(context.channel());
              } else {
                drop(context);
              }
            });
  }

  private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    log.debug("refused a request with {}", status);
    byte[] text = (status + "\n").getBytes(StandardCharsets.US_ASCII);
    answer(context, status, "text/plain; charset=us-ascii", text);
  }

  private void answer(
      ChannelHandlerContext context, HttpResponseStatus status, String type, byte[] content) {
    answered = true;
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
    HEADERS.forEach((name, value) -> response.headers().set(name, value));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
    if (cookie != null) {
      response.headers().set(HttpHeaderNames.SET_COOKIE, cookie);
    }
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET");
    }
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, "websocket");
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    }
    // closing outright would reset the line under an answer that was not read yet (RFC 9112, 9.6)
    context
        .writeAndFlush(response)
        .addListener(
            done ->
                ((DuplexChannel) context.channel())
                    .shutdownOutput()
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
  }

  private static void drop(ChannelHandlerContext context) {
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a connection failed: {}", cause.getClass().getSimpleName());
    drop(context);
  }
}
