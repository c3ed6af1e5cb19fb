package dev.doorstep.agent.conform;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The device of the template driver, as far as it makes documents. */
final class EchoBox implements WireDevice {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  @Override
  public void received(byte[] bytes, Wire wire) {
    for (byte one : bytes) {
      if (one == '\n') {
        answer(line.toString(StandardCharsets.UTF_8).split(" "), wire);
        line.reset();
      } else {
        line.write(one);
      }
    }
  }

  private static void answer(String[] words, Wire wire) {
    if (words[0].equals("MAKE")) {
      byte[] made = new byte[Integer.parseInt(words[2])];
      new Random(Long.parseLong(words[1])).nextBytes(made);
      wire.send(("OK " + made.length + "\n").getBytes(StandardCharsets.UTF_8));
      wire.send(made);
    } else {
      wire.send("OK echo 1\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
