package dev.doorstep.agent.chaos;

import dev.doorstep.simulator.testing.Direction;
import dev.doorstep.simulator.testing.FaultyNetwork;
import java.time.Duration;
import java.util.Random;

/** What goes wrong on a line. */
enum Trouble {
  /** A middlebox forgets the connection. */
  RESET {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.reset();
    }
  },
  /** The connection is ended in an orderly way. */
  END {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.end();
    }
  },
  /** It breaks behind any byte of a packet. */
  CUT {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.cutAfter(direction(random), random.nextInt(1_500));
    }
  },
  /** It breaks, and nobody is to be reached for a while. */
  GONE {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.refuse();
      line.reset();
    }
  },
  /** Nothing goes in one direction, and then everything. */
  STALLED {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.stall(direction(random));
    }
  },
  /** Nothing goes in one direction, and then the connection breaks. */
  STALLED_AND_RESET {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.stall(direction(random));
    }

    @Override
    void end(FaultyNetwork line) {
      line.reset();
      line.heal();
    }
  },
  /** A long way. */
  DELAYED {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.delay(Direction.TO_SERVER, Duration.ofMillis(random.nextInt(150)));
      line.delay(Direction.TO_CLIENT, Duration.ofMillis(random.nextInt(150)));
    }
  },
  /** A thin one. */
  SLOW {
    @Override
    void begin(FaultyNetwork line, Random random) {
      line.limit(direction(random), 2_000 + random.nextInt(20_000));
    }
  };

  private static Direction direction(Random random) {
    return random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
  }

  abstract void begin(FaultyNetwork line, Random random);

  /** All is well again, though a connection may be gone. */
  void end(FaultyNetwork line) {
    line.heal();
  }
}
