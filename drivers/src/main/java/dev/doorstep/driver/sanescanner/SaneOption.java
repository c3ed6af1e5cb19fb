package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptor of an option (standard, section 4.2.9 and 5.2.5).
 *
 * <pre>
 *   | name | title | description | type | unit | size | capabilities | constraint type | constraint |
 * </pre>
 *
 * @param index its number
 * @param size of its value in bytes
 * @param capabilities bits
 * @param strings the values that it takes, if they are strings of a list
 * @param words the values that it takes, if they are numbers of a list, as they travel
 * @param range the numbers between which its values lie, as they travel
 */
record SaneOption(
    int index,
    String name,
    Type type,
    Unit unit,
    int size,
    int capabilities,
    List<String> strings,
    List<Integer> words,
    Optional<Range> range) {
  private static final int SOFT_SELECT = 1;
  private static final int INACTIVE = 32;
  private static final int LARGEST = 1 << 16;
  private static final double FIXED_ONE = 1 << 16;

  /** What a value is, in the order of the numbers. */
  enum Type {
    BOOL(0),
    INT(1),
    FIXED(2),
    STRING(3),
    BUTTON(4),
    GROUP(5);

    private final int word;

    Type(int word) {
      this.word = word;
    }

    /** The number that it travels as. */
    int word() {
      return word;
    }
  }

  /** What a number counts, by the number of the unit. */
  enum Unit {
    NONE,
    PIXEL,
    BIT,
    MM,
    DPI,
    PERCENT,
    MICROSECOND
  }

  /** The lowest and the highest value, as they travel. */
  record Range(int lowest, int highest) {}

  /** Copies the lists. */
  SaneOption {
    strings = List.copyOf(strings);
    words = List.copyOf(words);
  }

  /** Whether it can be set now. */
  boolean settable() {
    return (capabilities & SOFT_SELECT) != 0 && (capabilities & INACTIVE) == 0;
  }

  /** Whether its value is one number. */
  boolean number() {
    return (type == Type.INT || type == Type.FIXED) && size == Integer.BYTES;
  }

  /** A number as it travels. */
  int encoded(double value) {
    return (int) Math.round(type == Type.FIXED ? value * FIXED_ONE : value);
  }

  /** A number that has travelled. */
  double decoded(int word) {
    return type == Type.FIXED ? word / FIXED_ONE : word;
  }

  /** Whether its constraint lets a number be. */
  boolean takes(double value) {
    int word = encoded(value);
    return (words.isEmpty() || words.contains(word))
        && range.map(r -> r.lowest() <= word && word <= r.highest()).orElse(true);
  }

  /** Reads the descriptors of all options; absent ones are left out. */
  static List<SaneOption> readAll(SaneReply reply) throws DeviceException {
    int count = reply.elements();
    List<SaneOption> options = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      if (reply.present()) {
        options.add(read(index, reply));
      }
    }
    return List.copyOf(options);
  }

  private static SaneOption read(int index, SaneReply reply) throws DeviceException {
    String name = reply.string();
    reply.string(); // its title
    reply.string(); // and what it is for
    Type type = named(Type.values(), reply.word(), "type");
    Unit unit = named(Unit.values(), reply.word(), "unit");
    int size = reply.word();
    if (size < 0 || size > LARGEST) {
      throw garbled("an option of %08X bytes".formatted(size));
    }
    int capabilities = reply.word();
    List<String> strings = new ArrayList<>();
    List<Integer> words = List.of();
    Optional<Range> range = Optional.empty();
    int constraint = reply.word();
    switch (constraint) {
      case 0 -> {}
      case 1 -> range = range(reply);
      case 2 -> {
        List<Integer> counted = reply.words(); // the first one is their number
        words = counted.isEmpty() ? counted : counted.subList(1, counted.size());
      }
      case 3 -> {
        int count = reply.elements();
        for (int i = 0; i < count; i++) {
          strings.add(reply.string());
        }
        strings.removeIf(String::isEmpty); // the end of the list travels, too
      }
      default -> throw garbled("a constraint of type %08X".formatted(constraint));
    }
    return new SaneOption(index, name, type, unit, size, capabilities, strings, words, range);
  }

  private static Optional<Range> range(SaneReply reply) throws DeviceException {
    if (!reply.present()) {
      return Optional.empty();
    }
    Range range = new Range(reply.word(), reply.word());
    reply.word(); // the step
    return Optional.of(range);
  }

  private static <E> E named(E[] values, int number, String what) throws DeviceException {
    if (number < 0 || number >= values.length) {
      throw garbled("an option of %s %08X".formatted(what, number));
    }
    return values[number];
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, "SANE: " + what);
  }
}
