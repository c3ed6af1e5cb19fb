package dev.doorstep.simulator.device;

import java.time.Duration;
import java.util.Random;

/** Noise without end, with halves of SAM preambles in it, as a bad cable makes them. */
final class EndlessNoise implements Fault {

  private static final Duration BETWEEN = Duration.ofMillis(2);

  @Override
  public boolean admits(byte[] request, Wire line) {
    byte[] noise = new byte[256];
    new Random(1).nextBytes(noise);
    byte[] half = Bytes.of(0xAA, 0x00, 0xAA, 0xAA, 0x96, 0x00);
    System.arraycopy(half, 0, noise, 100, half.length);
    while (line.open() && Threads.pause(BETWEEN)) {
      line.send(noise);
    }
    return false;
  }
}
