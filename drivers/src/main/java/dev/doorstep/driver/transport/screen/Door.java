package dev.doorstep.driver.transport.screen;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a connection came in: from this machine, or over the counter's network, where only paired
 * tablets see more than the page that asks for a code.
 *
 * @param pairing who is let in; empty for connections of this machine
 * @param local the address on this side
 */
record Door(Optional<Pairing> pairing, InetSocketAddress local) {
  /** The cookie that holds a tablet's token. */
  static final String COOKIE = "doorstep-screen";

  /** A name that no other machine can have; {@code Host} tells what the browser believes in. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /** Whether the browser means this server: by a name that cannot be bound anew to it. */
  boolean isMeantBy(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (pairing.isEmpty()) {
      return LOOPBACK.matcher(name).matches();
    }
    String own = literal(local.getAddress());
    boolean usual = local.getPort() == 80 && name.equals(own); // browsers leave that port out
    return usual || name.equals(own + ":" + local.getPort());
  }

  /** Whether whoever asks may see the screens. */
  boolean letsIn(HttpRequest request) {
    return pairing.isEmpty() || token(request).isPresent();
  }

  /** The token of a tablet that is let in; empty for others, and for this machine. */
  Optional<String> token(HttpRequest request) {
    return pairing.flatMap(
        tablets ->
            request.headers().getAll(HttpHeaderNames.COOKIE).stream()
                .flatMap(cookies -> ServerCookieDecoder.STRICT.decode(cookies).stream())
                .filter(cookie -> cookie.name().equals(COOKIE))
                .map(Cookie::value)
                .filter(tablets::knows)
                .findFirst());
  }

  /** An address as browsers write it in a URL (RFC 5952). */
  static String literal(InetAddress address) {
    String text = NetUtil.toAddressString(address);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }
}
