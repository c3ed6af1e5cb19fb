package dev.doorstep.simulator.device;

import java.util.List;

/** A device behind a line on which things go wrong, as scripted. */
public final class FaultyDevice implements WireDevice {

  private final WireDevice device;
  private volatile List<Fault> faults = List.of();

  /** A device on a good line, until a fault is set. */
  public FaultyDevice(WireDevice device) {
    this.device = device;
  }

  /**
   * Lets these faults happen from now on, in place of any before. Several work one after the other:
   * a request meets the first one first, an answer the last one last.
   */
  public void fault(Fault... these) {
    faults = List.of(these);
  }

  /** Makes the line good again; an endless noise ends. */
  public void clear() {
    faults = List.of();
  }

  @Override
  public void connected(Wire wire) {
    device.connected(through(wire));
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    List<Fault> current = faults;
    Wire whileFaulty = new LineUnder(current, wire);
    for (Fault fault : current) {
      if (!fault.admits(bytes, whileFaulty)) {
        return;
      }
    }
    device.received(bytes, through(wire));
  }

  @Override
  public void disconnected(Wire wire) {
    device.disconnected(wire);
  }

  /** The faults count that are set when an answer leaves, not when the line was opened. */
  private Wire through(Wire line) {
    return new Wire() {
      @Override
      public void send(byte[] bytes) {
        Wire out = line;
        List<Fault> current = faults;
        for (int i = current.size() - 1; i >= 0; i--) {
          out = new Spoilt(current.get(i), out);
        }
        out.send(bytes);
      }

      @Override
      public boolean open() {
        return line.open();
      }

      @Override
      public void close() {
        line.close();
      }
    };
  }

  /** A line that an answer leaves through a fault. */
  private record Spoilt(Fault fault, Wire line) implements Wire {
    @Override
    public void send(byte[] bytes) {
      fault.answer(bytes, line);
    }

    @Override
    public boolean open() {
      return line.open();
    }

    @Override
    public void close() {
      line.close();
    }
  }

  /** The line as long as the fault that uses it is set. */
  private final class LineUnder implements Wire {
    private final List<Fault> set;
    private final Wire line;

    LineUnder(List<Fault> set, Wire line) {
      this.set = set;
      this.line = line;
    }

    @Override
    public void send(byte[] bytes) {
      if (open()) {
        line.send(bytes);
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same faults set again are another fault
    public boolean open() {
      return set == faults && line.open();
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
