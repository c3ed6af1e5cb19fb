package dev.doorstep.driver.esclscanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.PlayedBytes;
import dev.doorstep.driver.esclscanner.EsclCapabilities.Source;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.transport.CarriedException;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.driver.transport.UsbLayout;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a scanner sends is what it should be, or one of a scanner's errors. */
class EsclFuzzTest {
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(ErrorCode.GARBLED, ErrorCode.DISCONNECTED);

  @MethodSource("documents")
  @FuzzTest
  void document(byte[] sent) {
    attempt(
        () -> {
          EsclXml xml = EsclXml.parse(sent);
          if (xml.name().equals("ScannerStatus")) {
            assertThat(EsclStatus.read(xml).feederFault()).isNotNull();
          } else {
            EsclCapabilities capabilities = EsclCapabilities.read(xml);
            capabilities.glass().ifPresent(EsclFuzzTest::demandSound);
            capabilities.feeder().ifPresent(EsclFuzzTest::demandSound);
            demandShort(capabilities.model());
            demandShort(capabilities.serial());
          }
        });
  }

  @MethodSource("responses")
  @FuzzTest
  void response(byte[] sent) {
    attempt(
        () -> {
          try (EsclExchange exchange =
              EsclExchange.send(
                  new Played(sent),
                  HttpAddress.of(URI.create("http://127.0.0.1:80/eSCL"), 80),
                  "GET",
                  "/",
                  "",
                  Patience.until(Deadline.after(Duration.ofMinutes(1))))) {
            assertThat(exchange.response().bytes(1 << 20)).hasSizeLessThanOrEqualTo(sent.length);
          }
        });
  }

  private static void demandSound(Source source) {
    assertThat(source.takes(source.usual())).isTrue();
    assertThat(source.width()).isPositive();
  }

  private static void demandShort(Optional<String> text) {
    assertThat(text.orElse("")).hasSizeLessThanOrEqualTo(128);
  }

  static Stream<byte[]> documents() {
    return Stream.of(
            "<a:ScannerStatus xmlns:a='x'><State>Idle</State><AdfState>ScannerAdfJam</AdfState>"
                + "</a:ScannerStatus>",
            "<ScannerCapabilities><MakeAndModel>A</MakeAndModel><Platen><PlatenInputCaps>"
                + "<MaxWidth>10</MaxWidth><MaxHeight>9</MaxHeight><ColorMode>RGB24</ColorMode>"
                + "<DiscreteResolution><XResolution>300</XResolution></DiscreteResolution>"
                + "</PlatenInputCaps></Platen><AdfSimplexInputCaps><MaxWidth>10</MaxWidth>"
                + "<MaxHeight>9</MaxHeight><XResolutionRange><Min>75</Min><Max>600</Max>"
                + "</XResolutionRange></AdfSimplexInputCaps></ScannerCapabilities>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<?xml version='1.0' encoding='UTF-16'?><a/>")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> responses() {
    return Stream.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.1 503 No\r\nLocation: /x\r\nContent-Length: -1\r\n\r\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private interface Step {
    void run() throws DeviceException, IOException;
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (CarriedException e) {
      assertThat(e.reason().code()).isIn(ERRORS);
    } catch (DeviceException e) {
      assertThat(e.code()).isIn(ERRORS);
      assertThat(e.getMessage()).hasSizeLessThan(300);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Wires over which the same bytes always come. */
  private static final class Played implements Transports {
    private final byte[] sent;

    Played(byte[] sent) {
      this.sent = sent;
    }

    @Override
    public Transport open(Connection connection, Deadline deadline) {
      return new PlayedBytes(sent);
    }

    @Override
    public Transport open(Connection connection, UsbLayout layout, Deadline deadline) {
      return new PlayedBytes(sent);
    }

    @Override
    public Screen screen(Connection connection) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void own(AutoCloseable wire) {}

    @Override
    public void disown(AutoCloseable wire) {}
  }
}
