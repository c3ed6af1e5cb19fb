package dev.doorstep.protocol.blob;

import java.util.Arrays;

/** Where each record is: number to place, in 24 bytes for each, however far apart they are. */
final class Records {
  /** What stands for no place. */
  static final long NONE = -1;

  private int[] numbers = new int[16];
  private long[] places = filled(16);
  private int count;

  /** The place of a record, or {@link #NONE}. */
  long place(int n) {
    return places[slot(n)];
  }

  int count() {
    return count;
  }

  void put(int n, long place) {
    if (2 * (count + 1) > numbers.length) {
      grow();
    }
    int slot = slot(n);
    count += places[slot] == NONE ? 1 : 0;
    numbers[slot] = n;
    places[slot] = place;
  }

  private int slot(int n) {
    int mask = numbers.length - 1;
    int slot = ((n * 0x9E3779B9) >>> 8) & mask; // neighbours far apart: no long runs
    while (places[slot] != NONE && numbers[slot] != n) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldNumbers = numbers;
    long[] oldPlaces = places;
    numbers = new int[2 * oldNumbers.length];
    places = filled(numbers.length);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldPlaces[i] != NONE) {
        int slot = slot(oldNumbers[i]);
        numbers[slot] = oldNumbers[i];
        places[slot] = oldPlaces[i];
      }
    }
  }

  private static long[] filled(int length) {
    long[] places = new long[length];
    Arrays.fill(places, NONE);
    return places;
  }
}
