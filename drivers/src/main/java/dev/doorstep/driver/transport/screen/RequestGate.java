package dev.doorstep.driver.transport.screen;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/** Who may ask, and how: looked at before what is asked for, so that a stranger learns nothing. */
final class RequestGate {
  /** The most bytes of what a stranger posts: a code. */
  static final int LARGEST_BODY = 64;

  private RequestGate() {}

  /**
   * The refusal of a request, or empty if it may pass.
   *
   * @param door where it came in
   */
  static Optional<HttpResponseStatus> refusal(HttpRequest request, Door door) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(undecoded(request.decoderResult().cause()));
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1 || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return Optional.of(HttpResponseStatus.BAD_REQUEST);
    }
    if (!door.isMeantBy(hosts.get(0))) {
      return Optional.of(HttpResponseStatus.FORBIDDEN);
    }
    if (door.pairing().isPresent() && isCode(request)) {
      return refusalOfCode(request);
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return Optional.of(HttpResponseStatus.METHOD_NOT_ALLOWED);
    }
    return hasBody(request) ? Optional.of(HttpResponseStatus.BAD_REQUEST) : Optional.empty();
  }

  /** Whether a request brings the code of a tablet that wants to come in. */
  static boolean isCode(HttpRequest request) {
    return request.method().equals(HttpMethod.POST) && request.uri().equals("/pair");
  }

  private static Optional<HttpResponseStatus> refusalOfCode(HttpRequest request) {
    if (isForeign(request)) {
      return Optional.of(HttpResponseStatus.FORBIDDEN);
    }
    boolean small =
        !HttpUtil.isTransferEncodingChunked(request)
            && HttpUtil.getContentLength(request, -1L) >= 0
            && HttpUtil.getContentLength(request, -1L) <= LARGEST_BODY;
    return small ? Optional.empty() : Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
  }

  /** Whether another page than ours asks. */
  private static boolean isForeign(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    String own = "http://" + headers.get(HttpHeaderNames.HOST);
    return origins.size() != 1 || !origins.get(0).equalsIgnoreCase(own);
  }

  /** The refusal of a request, let pass before, to become a WebSocket; or empty if it may. */
  static Optional<HttpResponseStatus> refusalOfUpgrade(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (isForeign(request)) {
      return Optional.of(HttpResponseStatus.FORBIDDEN);
    }
    boolean upgrade =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
            && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true);
    if (!upgrade) {
      return Optional.of(HttpResponseStatus.UPGRADE_REQUIRED);
    }
    return headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
        ? Optional.empty()
        : Optional.of(HttpResponseStatus.BAD_REQUEST);
  }

  private static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  private static HttpResponseStatus undecoded(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }
}
