package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that a scanner takes. */
final class EsclService {
  private static final int LARGEST_XML = 256 * 1024;

  /** A job's address, whatever host the scanner thinks it has; what an HTTP request may hold. */
  private static final Pattern LOCATION =
      Pattern.compile("(?:https?://[^/]{1,255})?(/[\\x21-\\x7E&&[^?#]]{1,512})");

  private static final int HTTP_PORT = 80;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final HttpAddress scanner;
  private final String root;
  private final Transports transports;

  EsclService(URI base, Transports transports) {
    this.scanner = HttpAddress.of(base, HTTP_PORT);
    String path = Optional.ofNullable(base.getRawPath()).orElse("");
    this.root = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.transports = transports;
  }

  EsclCapabilities capabilities(Patience patience) throws DeviceException {
    return EsclCapabilities.read(document("/ScannerCapabilities", patience));
  }

  EsclStatus status(Patience patience) throws DeviceException {
    return EsclStatus.read(document("/ScannerStatus", patience));
  }

  /**
   * Begins a job.
   *
   * @return its path
   * @throws DeviceException {@code DEVICE_IN_USE} if another one is under way
   */
  String begin(EsclSettings settings, Patience patience) throws DeviceException {
    try (EsclExchange exchange = send("POST", root + "/ScanJobs", settings.xml(), patience)) {
      if (exchange.response().status() == UNAVAILABLE) {
        throw new DeviceException(
            ErrorCode.DEVICE_IN_USE, "the scanner takes no job now; another program may use it");
      }
      demand(CREATED, exchange, "beginning to scan");
      Matcher location = LOCATION.matcher(exchange.response().field("Location").orElse(""));
      if (!location.matches()) {
        throw new DeviceException(
            ErrorCode.GARBLED, "eSCL: the job has no location, or one that is no address");
      }
      String job = location.group(1);
      return job.endsWith("/") ? job.substring(0, job.length() - 1) : job;
    }
  }

  /** What asking for the next page gave. */
  enum Next {
    PAGE,
    NOT_YET,
    NO_MORE
  }

  /** Takes a page, a stream that may throw {@link CarriedException}. */
  interface Taker {
    void take(InputStream page) throws DeviceException;
  }

  /** Asks for the next page, and has it taken. */
  Next next(String job, Taker taker, Patience patience) throws DeviceException {
    try (EsclExchange exchange = send("GET", job + "/NextDocument", "", patience)) {
      return switch (exchange.response().status()) {
        case NOT_FOUND -> Next.NO_MORE;
        case UNAVAILABLE -> Next.NOT_YET;
        default -> {
          demand(OK, exchange, "fetching a page");
          taker.take(exchange.response().body());
          yield Next.PAGE;
        }
      };
    }
  }

  /** Ends a job; that it has ended already is as good. Whatever else is answered is not read. */
  void end(String job, Patience patience) throws DeviceException {
    send("DELETE", job, "", patience).close();
  }

  private EsclXml document(String name, Patience patience) throws DeviceException {
    try (EsclExchange exchange = send("GET", root + name, "", patience)) {
      demand(OK, exchange, "asking for " + name);
      return EsclXml.parse(exchange.response().bytes(LARGEST_XML));
    }
  }

  private EsclExchange send(String method, String path, String xml, Patience patience)
      throws DeviceException {
    return EsclExchange.send(transports, scanner, method, path, xml, patience);
  }

  private static void demand(int status, EsclExchange exchange, String what)
      throws DeviceException {
    int came = exchange.response().status();
    if (came == UNAUTHORIZED || came == FORBIDDEN) {
      throw new DeviceException(
          ErrorCode.ACCESS_DENIED, what + ": the scanner demands a password (HTTP " + came + ")");
    }
    if (came != status) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT, what + ": HTTP status " + came + "; check address and display");
    }
  }
}
