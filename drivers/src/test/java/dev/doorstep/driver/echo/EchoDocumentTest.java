package dev.doorstep.driver.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.simulator.device.TcpWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class EchoDocumentTest {
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final int PART = 64 * 1024;

  private final TcpWire wire = TcpWire.serve(new EchoService(), 0);
  private final LaneTransports wires = new LaneTransports(ScreenSource.NONE);
  private Device device;

  @BeforeEach
  void open() throws DeviceException {
    Connection connection = Connection.parse("tcp:127.0.0.1:" + wire.port());
    device = new EchoDriver().open(TestContext.of(connection, Map.of(), wires, TIME));
  }

  @AfterEach
  void close() {
    device.close();
    wires.close();
    wire.close();
  }

  static byte[] bytes(EchoedDocument echoed) {
    try (InputStream in = Content.open(echoed.document())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // the table keys its handlers by the type's name
  private <P extends Operation<R>, R> R run(OperationType<P, R> type, P parameters, TestCall call)
      throws DeviceException {
    var entry = (Operations.Entry<P, R>) device.operations().find(type.name()).orElseThrow();
    return entry.handler().handle(parameters, call);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 5 * PART + 17})
  void copiesADocumentOfEverySize(int size) throws DeviceException {
    byte[] whole = EchoService.made(size, size);

    EchoedDocument copy =
        run(CopyDocument.TYPE, new CopyDocument(Content.of("a/b", whole)), new TestCall(TIME));

    assertThat(bytes(copy)).isEqualTo(whole);
    assertThat(copy.document().contentType()).isEqualTo("a/b");
  }

  @Test
  void makesTheSameOfTheSameSeed() throws DeviceException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int part = 0; part < 3; part++) {
      whole.writeBytes(EchoService.made(7 + part, PART));
    }
    whole.writeBytes(EchoService.made(10, 5));

    EchoedDocument made =
        run(MakeDocument.TYPE, new MakeDocument(3 * PART + 5, 7), new TestCall(TIME));

    assertThat(bytes(made)).isEqualTo(whole.toByteArray());
  }

  @Test
  void stopsInTheMiddleIfItIsCancelled() {
    TestCall call = new TestCall(TIME);
    call.cancel();

    assertThatThrownBy(() -> run(MakeDocument.TYPE, new MakeDocument(100, 0), call))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
  }

  @Test
  void tellsOfADocumentThatHasNotCome() {
    Content blob = new Content.Blob("a/b", "b", 100, "0".repeat(64), 1);

    assertThatThrownBy(() -> run(CopyDocument.TYPE, new CopyDocument(blob), new TestCall(TIME)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_DAMAGED));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (256L << 20) + 1})
  void refusesOtherSizes(long size) {
    var parameters = JsonNodeFactory.instance.objectNode().put("size", size);

    assertThatThrownBy(() -> Codec.parameters(MakeDocument.TYPE, parameters))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("parameters: size must be 1 to 256 MiB");
  }
}
