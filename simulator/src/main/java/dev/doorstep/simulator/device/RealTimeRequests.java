package dev.doorstep.simulator.device;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds what a printer obeys wherever it stands in the stream, cut anywhere: DLE EOT n (10 04
 * 01…04) and DLE DC4 8 (10 14 08 01 03 14 01 06 02 08), which clears its buffers.
 */
final class RealTimeRequests {

  private static final byte[] CLEAR = Bytes.of(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8);

  private final byte[] last = new byte[CLEAR.length];

  /**
   * Finds them.
   *
   * @param status is told each n
   * @param clear is told each clearing
   * @return where in the bytes the last clearing ended: what stands before it is void
   */
  int find(byte[] bytes, IntConsumer status, Runnable clear) {
    int voided = 0;
    int end = last.length - 1;
    for (int i = 0; i < bytes.length; i++) {
      System.arraycopy(last, 1, last, 0, end);
      last[end] = bytes[i];
      if (last[end - 2] == 0x10 && last[end - 1] == 0x04 && last[end] >= 1 && last[end] <= 4) {
        status.accept(last[end]);
      }
      if (Arrays.equals(last, CLEAR)) {
        clear.run();
        voided = i + 1;
      }
    }
    return voided;
  }
}
