package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.Ticket;
import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receipt printer that takes its time for a ticket, and keeps a record of its own: when it got
 * the first bytes of each ticket, and which lines are on the paper.
 *
 * <p>What a line of a ticket is: its text, set on the paper by its line feed. Characters of a line
 * that was cut off before it are in the printer's line buffer, and the next job's reset forgets
 * them, as in a real one; the lines before it are on the paper, where the next ticket follows them.
 */
final class PacedPrinter implements WireDevice {
  private static final int SLICE = 16;
  private static final Pattern NAME = Pattern.compile("t-[0-9]{6} first");
  private static final int NAME_LENGTH = 14;

  private final long sliceNanos;
  private final EscPosPrinter printer = new EscPosPrinter();
  private final Map<String, Long> begun = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private @Nullable Ticket newest;
  private @Nullable Wire line;
  private @Nullable Wire dead;
  private String tail = "";
  private CountDownLatch bytesReached = new CountDownLatch(1);
  private CountDownLatch cutReached = new CountDownLatch(1);
  private int bytesLeft = -1;

  /** One that takes so long for a ticket of 400 bytes. */
  PacedPrinter(Duration ticket) {
    this.sliceNanos = ticket.toNanos() * SLICE / 400;
  }

  /** Opens once so many bytes more were taken by the printer. */
  synchronized CountDownLatch after(int bytes) {
    bytesReached = new CountDownLatch(1);
    bytesLeft = bytes;
    return bytesReached;
  }

  /** Opens once the next ticket is cut off. */
  synchronized CountDownLatch afterCut() {
    cutReached = new CountDownLatch(1);
    return cutReached;
  }

  /** The power of the point fails: what is on the way to the printer is lost. */
  synchronized void losePower() {
    dead = line;
    notifyAll();
  }

  /** When the printer got the first bytes of each ticket, in order. */
  synchronized Map<String, Long> begun() {
    return new LinkedHashMap<>(begun);
  }

  /** Tears off what is on the roll; all lines that are on paper, in order. */
  synchronized List<String> paper() {
    printer.received(new byte[] {0x1B, 0x40, 0x1D, 0x56, 0}, new Unheard());
    keep();
    return List.copyOf(lines);
  }

  @Override
  public synchronized void connected(Wire wire) {
    line = wire;
    tail = "";
    printer.connected(wire);
  }

  @Override
  public synchronized void received(byte[] bytes, Wire wire) {
    for (int from = 0; from < bytes.length; from += SLICE) {
      if (!takesTime(wire)) {
        return;
      }
      byte[] slice = new byte[Math.min(SLICE, bytes.length - from)];
      System.arraycopy(bytes, from, slice, 0, slice.length);
      note(slice);
      printer.received(slice, wire);
      keep();
      count(slice.length);
    }
  }

  @Override
  public synchronized void disconnected(Wire wire) {
    line = null;
    printer.disconnected(wire);
    keep();
  }

  /** Waits as long as the print head needs; false if the power fails before. */
  @SuppressWarnings("ReferenceEquality") // this very connection
  private boolean takesTime(Wire wire) {
    long until = System.nanoTime() + sliceNanos;
    try {
      for (long left = 1; left > 0 && dead != wire; left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return dead != wire;
  }

  private void note(byte[] slice) {
    tail += new String(slice, StandardCharsets.ISO_8859_1);
    Matcher name = NAME.matcher(tail);
    while (name.find()) {
      begun.putIfAbsent(name.group().substring(0, 8), System.nanoTime());
    }
    tail = tail.substring(Math.max(0, tail.length() - NAME_LENGTH + 1));
  }

  @SuppressWarnings("ReferenceEquality") // two tickets of the same look are two tickets
  private void keep() {
    List<Ticket> cut = printer.tickets();
    int from = cut.size();
    while (from > 0 && cut.get(from - 1) != newest) {
      from--;
    }
    for (Ticket ticket : cut.subList(from, cut.size())) {
      ticket.text().lines().map(String::strip).forEach(lines::add);
      newest = ticket;
      cutReached.countDown();
    }
  }

  private void count(int bytes) {
    if (bytesLeft >= 0) {
      bytesLeft -= bytes;
      if (bytesLeft < 0) {
        bytesReached.countDown();
      }
    }
  }

  /** A line on which nobody listens. */
  private static final class Unheard implements Wire {
    @Override
    public void send(byte[] bytes) {
      // nobody asked
    }

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public void close() {
      // there is none
    }
  }
}
