package dev.doorstep.driver.echo;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The device of the template: says back what it is told. */
final class EchoService implements WireDevice {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  @Override
  public void connected(Wire wire) {
    line.reset();
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    for (byte b : bytes) {
      if (b != '\n') {
        line.write(b);
        continue;
      }
      String request = line.toString(StandardCharsets.UTF_8);
      line.reset();
      wire.send((answer(request) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String answer(String request) {
    if (request.equals("HELLO")) {
      return "OK echo 1";
    }
    return request.startsWith("SAY") ? "OK" + request.substring(3) : "ERR unknown";
  }
}
