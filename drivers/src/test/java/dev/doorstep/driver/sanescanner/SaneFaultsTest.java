package dev.doorstep.driver.sanescanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no daemon should send: each time an error, bounded memory, and a working next scan. */
class SaneFaultsTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(700);
  private final SaneService service = new SaneService();

  @AfterEach
  void close() {
    service.close();
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, 8, 0, 2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, 8, -8, 2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, 8, 8, 0, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, 8, 8, -2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, 7, 8, 2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {1, 1, 8, 8, 2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, Integer.MAX_VALUE, 8, 2, 8}),
        Arguments.of(ErrorCode.GARBLED, new int[] {0, 1, -1, 8, 2, 8}),
        Arguments.of(
            ErrorCode.DOCUMENT_TOO_LARGE,
            new int[] {0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 8}),
        Arguments.of(ErrorCode.DOCUMENT_TOO_LARGE, new int[] {0, 1, 8, 8, 70_000, 8}),
        Arguments.of(ErrorCode.UNSUPPORTED, new int[] {0, 1, 8, 8, 2, 12}),
        Arguments.of(ErrorCode.UNSUPPORTED, new int[] {1, 1, 3, 8, 2, 1}),
        Arguments.of(ErrorCode.UNSUPPORTED, new int[] {11, 1, 8, 8, 2, 8}),
        Arguments.of(ErrorCode.UNSUPPORTED, new int[] {2, 0, 8, 8, 2, 8}));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aPictureThatCannotBeIsAnError(ErrorCode code, int[] parameters) throws DeviceException {
    try (LocalDevice device = open()) {
      service.parameters = parameters;
      SaneScannerTest.demand(code, device, png(), AMPLE);
      service.parameters = SaneService.GRAY;
      assertThat(device.run(png()).width()).isEqualTo(8);
    }
  }

  static Stream<Arguments> pages() {
    byte[] row = new byte[8];
    SaneService.Sending fewer = out -> SaneService.record(out, row).end(out);
    SaneService.Sending none =
        out -> {
          out.writeInt(-1);
          out.writeByte(5);
        };
    SaneService.Sending half = out -> SaneService.record(out, new byte[12]).end(out);
    SaneService.Sending more =
        out -> {
          SaneService.record(out, new byte[16]);
          SaneService.record(out, row).end(out);
        };
    SaneService.Sending endless =
        out -> {
          while (true) {
            SaneService.record(out, new byte[4096]);
          }
        };
    SaneService.Sending empty =
        out -> {
          byte[] zeros = new byte[4096];
          while (true) {
            out.write(zeros);
          }
        };
    SaneService.Sending hangsUp = out -> out.writeInt(16);
    SaneService.Sending oddStatus =
        out -> {
          out.writeInt(-1);
          out.writeByte(99);
        };
    SaneService.Sending laterStatus =
        out -> {
          out.writeInt(-1);
          out.writeByte(13);
        };
    return Stream.of(
        Arguments.of("fewer rows", ErrorCode.GARBLED, fewer),
        Arguments.of("no rows", ErrorCode.GARBLED, none),
        Arguments.of("half a row", ErrorCode.GARBLED, half),
        Arguments.of("more rows", ErrorCode.GARBLED, more),
        Arguments.of("rows without end", ErrorCode.GARBLED, endless),
        Arguments.of("empty records without end", ErrorCode.TIMEOUT, empty),
        Arguments.of("a line that ends", ErrorCode.DISCONNECTED, hangsUp),
        Arguments.of("a status that is none", ErrorCode.GARBLED, oddStatus),
        Arguments.of("a status of a later standard", ErrorCode.DEVICE_FAULT, laterStatus));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aPageThatIsNotWhatWasPromisedIsAnError(
      String what, ErrorCode code, SaneService.Sending sending) throws DeviceException {
    SaneService.Sending whole = service.sending;
    try (LocalDevice device = open()) {
      for (int[] parameters : new int[][] {SaneService.GRAY, unknownHeight()}) {
        if (parameters == SaneService.GRAY || what.endsWith("without end")) {
          service.parameters = parameters;
          service.sending = sending;
          ErrorCode expected =
              parameters == SaneService.GRAY || !what.startsWith("rows")
                  ? code
                  : ErrorCode.DOCUMENT_TOO_LARGE;
          Deadline end = Deadline.after(Duration.ofSeconds(10));
          Duration time = expected == ErrorCode.TIMEOUT ? SHORT : AMPLE;
          SaneScannerTest.demand(expected, device, png(), time);
          assertThat(end.expired()).isFalse();
        }
      }
      service.parameters = SaneService.GRAY;
      service.sending = whole;
      assertThat(device.run(png()).height()).isEqualTo(2);
    }
  }

  private static int[] unknownHeight() {
    int[] parameters = SaneService.GRAY.clone();
    parameters[4] = -1;
    return parameters;
  }

  @Test
  void aDaemonThatRefusesIsAccessDenied() throws DeviceException {
    service.greeting = 11;
    demandNotOpened(ErrorCode.ACCESS_DENIED);
    service.greeting = 0;
    service.resource = "test:0$MD5$1234";
    demandNotOpened(ErrorCode.ACCESS_DENIED);
    service.resource = "";
    open().close();
  }

  @Test
  void aScannerThatSomebodyElseUsesIsThereAndTellsSo() throws DeviceException {
    service.opening = 3;
    try (LocalDevice device = open()) {
      DeviceHealth health = device.device().probe(Deadline.after(AMPLE));
      assertThat(health.cause().orElseThrow().code()).hasToString("DEVICE_IN_USE");
      SaneScannerTest.demand(ErrorCode.DEVICE_IN_USE, device, png(), AMPLE);
      service.opening = 0;
      assertThat(device.device().probe(Deadline.after(AMPLE)).cause()).isEmpty();
      assertThat(device.run(png()).height()).isEqualTo(2);
    }
  }

  @Test
  void aDataPortThatIsNoneOrNobodysIsTold() throws DeviceException {
    try (LocalDevice device = open()) {
      service.port = 70_000;
      SaneScannerTest.demand(ErrorCode.GARBLED, device, png(), AMPLE);
      service.prepare();
      service.port = 1;
      SaneScannerTest.demand(ErrorCode.NOT_CONNECTED, device, png(), AMPLE);
      service.port = 0;
      service.prepare();
      assertThat(device.run(png()).height()).isEqualTo(2);
    }
  }

  private enum End {
    CANCELLED,
    WIRES_CLOSED,
    TIME_OVER
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aScannerThatIsSilentInMidPageIsLeft(End end) throws Exception {
    SaneService.Sending whole = service.sending;
    try (LocalDevice device = open()) {
      CompletableFuture<Void> begun = new CompletableFuture<>();
      CompletableFuture<Void> over = new CompletableFuture<>();
      service.sending =
          out -> {
            SaneService.record(out, new byte[8]);
            begun.complete(null);
            over.join();
          };
      TestCall call = new TestCall(end == End.TIME_OVER ? Duration.ofSeconds(6) : AMPLE);
      CompletableFuture<ErrorCode> scanning =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  device.run(png(), call);
                  return ErrorCode.INTERNAL;
                } catch (DeviceException e) {
                  return e.code();
                }
              });
      await().atMost(AMPLE).until(begun::isDone);
      if (end == End.CANCELLED) {
        call.cancel();
      } else if (end == End.WIRES_CLOSED) {
        device.closeWires();
      }
      await().atMost(Duration.ofSeconds(20)).until(scanning::isDone);
      over.complete(null);
      assertThat(scanning.get())
          .isEqualTo(
              switch (end) {
                case CANCELLED -> ErrorCode.STOPPING;
                case WIRES_CLOSED -> ErrorCode.DISCONNECTED;
                case TIME_OVER -> ErrorCode.TIMEOUT;
              });
    }
    service.sending = whole;
    try (LocalDevice device = open()) {
      assertThat(device.run(png()).height()).isEqualTo(2);
    }
  }

  @Test
  void bytesOfEveryValueInEveryPlaceAreAnErrorOrAPage() throws DeviceException {
    SaneService.Sending whole = service.sending;
    byte[] sent = new byte[4 + 16 + 5];
    sent[3] = 16;
    Arrays.fill(sent, 20, 24, (byte) 0xFF);
    sent[24] = 5;
    try (LocalDevice device = open()) {
      for (int at = 0; at < sent.length; at++) {
        byte[] spoilt = sent.clone();
        spoilt[at] ^= 0x5A;
        service.sending = out -> out.write(spoilt);
        try {
          assertThat(device.run(png(), new TestCall(AMPLE)).width()).isEqualTo(8);
        } catch (DeviceException e) {
          assertThat(e.code()).isIn(ErrorCode.GARBLED, ErrorCode.DISCONNECTED);
        }
      }
      service.sending = whole;
      assertThat(device.run(png()).height()).isEqualTo(2);
    }
  }

  private void demandNotOpened(ErrorCode code) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static CaptureDocument png() {
    return Wanted.flat(Format.PNG, 200, Color.GRAY);
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new SaneScannerDriver(), service.connection());
  }
}
