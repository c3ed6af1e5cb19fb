package dev.doorstep.driver.escpos;

import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.Wire;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What goes wrong between a driver and its printer. */
final class PrinterFaults {
  private PrinterFaults() {}

  /** What happens when the driver sends the first bytes of a ticket. */
  static Fault whenTheJobArrives(Runnable happens) {
    return whenItComes("1b 40 1d", line -> happens.run());
  }

  static Fault saysBefore(String request, String answer) {
    return whenItComes(request, line -> line.send(bytes(answer)));
  }

  static Fault whenItComes(String bytes, Consumer<Wire> happens) {
    return new Fault() {
      @Override
      public boolean admits(byte[] request, Wire line) {
        if (HexFormat.ofDelimiter(" ").formatHex(request).contains(bytes)) {
          happens.accept(line);
        }
        return true;
      }
    };
  }

  static Fault deafTo(String bytes) {
    return new Fault() {
      @Override
      public boolean admits(byte[] request, Wire line) {
        return !HexFormat.ofDelimiter(" ").formatHex(request).contains(bytes);
      }
    };
  }

  static Fault silentOnceTheJobArrives() {
    AtomicBoolean begun = new AtomicBoolean();
    Fault begins = whenTheJobArrives(() -> begun.set(true));
    return new Fault() {
      @Override
      public boolean admits(byte[] request, Wire line) {
        return begins.admits(request, line) && !begun.get();
      }
    };
  }

  static Fault answers(int answer, Runnable happens) {
    return new Fault() {
      @Override
      public void answer(byte[] bytes, Wire line) {
        if (bytes[0] == answer) {
          happens.run();
        }
        line.send(bytes);
      }
    };
  }

  /** The answer that an earlier ticket is owed comes right before the first one. */
  static Fault withOneMoreAnswer() {
    AtomicBoolean owed = new AtomicBoolean(true);
    return new Fault() {
      @Override
      public void answer(byte[] bytes, Wire line) {
        if (bytes[0] == 0 && owed.getAndSet(false)) {
          line.send(bytes);
        }
        line.send(bytes);
      }
    };
  }

  /** The answers of a printer that first finishes what it is at. */
  static final class Busy implements Fault {
    private final List<Runnable> held = new ArrayList<>();
    private boolean begun;
    private boolean ended;

    @Override
    public synchronized void answer(byte[] bytes, Wire line) {
      if (begun && !ended) {
        held.add(() -> line.send(bytes));
      } else {
        line.send(bytes);
      }
    }

    @Override
    public synchronized boolean admits(byte[] request, Wire line) {
      begun |= request[0] == 0x1B;
      return true;
    }

    synchronized void end() {
      ended = true;
      held.forEach(Runnable::run);
    }
  }

  static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }
}
