package dev.doorstep.driver.echo;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** An open device that says back what it is told. */
final class EchoDevice implements Device {
  private static final int PART = 64 * 1024;

  private final Transport transport;
  private final Operations operations =
      Operations.of(
          Operations.entry(Say.TYPE, Effect.SAFE, this::say),
          Operations.entry(CopyDocument.TYPE, Effect.SAFE, this::copy),
          Operations.entry(MakeDocument.TYPE, Effect.SAFE, this::make));

  EchoDevice(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    String model = ask(new EchoLine("HELLO", ""), deadline);
    return new DeviceHealth(Optional.of(model), Optional.empty(), Optional.empty(), List.of());
  }

  /** Nothing: the device tells nothing by itself. */
  @Override
  public void idle(Deadline deadline) {}

  /** Nothing to let go of but the line, which is the lane's. */
  @Override
  public void close() {}

  private Said say(Say parameters, Call call) throws DeviceException {
    return new Said(ask(new EchoLine("SAY", parameters.text()), call.deadline()));
  }

  /** Part by part: neither what comes nor what goes is ever whole in memory. */
  private EchoedDocument copy(CopyDocument parameters, Call call) throws DeviceException {
    Content document = parameters.document();
    try (InputStream in = Content.open(document);
        DocumentWriter copy = call.output().document(document.contentType())) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        EchoLine head = new EchoLine("DATA", Integer.toString(part.length));
        copy.write(askForBytes(head, part, part.length, call), 0, part.length);
      }
      return new EchoedDocument(copy.finish());
    } catch (IOException e) {
      throw new DeviceException(ErrorCode.BLOB_DAMAGED, "the document cannot be read", e);
    }
  }

  private EchoedDocument make(MakeDocument parameters, Call call) throws DeviceException {
    try (DocumentWriter document = call.output().document("application/octet-stream")) {
      long seed = parameters.seed();
      for (long left = parameters.size(); left > 0; left -= PART) {
        int length = (int) Math.min(PART, left);
        EchoLine head = new EchoLine("MAKE", seed + " " + length);
        document.write(askForBytes(head, new byte[0], length, call), 0, length);
        seed++;
      }
      return new EchoedDocument(document.finish());
    }
  }

  private byte[] askForBytes(EchoLine head, byte[] body, int length, Call call)
      throws DeviceException {
    if (call.cancelled()) {
      throw new DeviceException(ErrorCode.STOPPING, "stopped in the middle of a document");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 32);
    request.writeBytes(head.bytes());
    request.writeBytes(body);
    if (!ask(request.toByteArray(), call.deadline()).equals(Integer.toString(length))) {
      throw new DeviceException(ErrorCode.GARBLED, "an answer of another length than asked for");
    }
    byte[] answer = new byte[length];
    int read = 0;
    while (read < length) {
      read += transport.read(answer, read, length - read, call.deadline());
    }
    return answer;
  }

  private String ask(EchoLine request, Deadline deadline) throws DeviceException {
    return ask(request.bytes(), deadline);
  }

  private String ask(byte[] request, Deadline deadline) throws DeviceException {
    transport.discardInput();
    transport.write(request, deadline);
    EchoLine response = EchoLine.read(transport, deadline);
    return switch (response.word()) {
      case "OK" -> response.text();
      case "ERR" -> throw new DeviceException(ErrorCode.DEVICE_FAULT, response.text());
      default ->
          throw new DeviceException(
              ErrorCode.GARBLED, "neither OK nor ERR: " + response.bytes().length + " bytes");
    };
  }
}
