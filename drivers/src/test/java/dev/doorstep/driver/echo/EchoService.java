package dev.doorstep.driver.echo;

import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The device of the template: says back what it is told. */
public final class EchoService implements WireDevice {
  private static final int LARGEST = 64 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int toCome;

  /** A device that was told nothing yet. */
  public EchoService() {}

  /** What it makes of a seed. */
  public static byte[] made(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void connected(Wire wire) {
    line.reset();
    body.reset();
    toCome = 0;
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    int at = 0;
    while (at < bytes.length) {
      if (toCome > 0) {
        int part = Math.min(toCome, bytes.length - at);
        body.write(bytes, at, part);
        at += part;
        toCome -= part;
        if (toCome == 0) {
          wire.send(withHead(body.toByteArray()));
        }
      } else if (bytes[at++] == '\n') {
        String request = line.toString(StandardCharsets.UTF_8);
        line.reset();
        obey(request, wire);
      } else {
        line.write(bytes[at - 1]);
      }
    }
  }

  private void obey(String request, Wire wire) {
    String[] words = request.split(" ", -1);
    if (request.equals("HELLO")) {
      wire.send(bytes("OK echo 1\n"));
    } else if (words[0].equals("SAY")) {
      wire.send(bytes("OK" + request.substring(3) + "\n"));
    } else if (words[0].equals("DATA")) {
      toCome = Math.min(LARGEST, Integer.parseInt(words[1]));
      body.reset();
    } else if (words[0].equals("MAKE")) {
      int length = Math.min(LARGEST, Integer.parseInt(words[2]));
      wire.send(withHead(made(Long.parseLong(words[1]), length)));
    } else {
      wire.send(bytes("ERR unknown\n"));
    }
  }

  private static byte[] withHead(byte[] body) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(bytes("OK " + body.length + "\n"));
    answer.writeBytes(body);
    return answer.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
