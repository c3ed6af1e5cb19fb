package dev.doorstep.simulator.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a device tells of itself on USB: one configuration with one interface of bulk endpoints of
 * 64 bytes, at full speed. Source: USB 2.0, 9.5 and 9.6.
 *
 * @param vendor its vendor id, 16 bits
 * @param product its product id, 16 bits
 * @param serial its serial number
 * @param name its product's name
 * @param kind class, subclass and protocol of the interface, such as FF0000 or 070102
 * @param out the bulk endpoints that take bytes
 * @param in the bulk endpoints that give bytes
 */
public record UsbIdentity(
    int vendor,
    int product,
    String serial,
    String name,
    int kind,
    List<Integer> out,
    List<Integer> in) {

  static final int PACKET = 64;
  private static final int CHINESE = 0x0804;

  /** Copies the lists. */
  public UsbIdentity {
    out = List.copyOf(out);
    in = List.copyOf(in);
  }

  /** The standard reader: 02 and 81 carry the first 7 bytes of each frame, 06 and 85 the rest. */
  public static UsbIdentity samReader(String serial) {
    return new UsbIdentity(
        0x0400, 0xC35A, serial, "IDR", 0xFF0000, List.of(0x02, 0x06), List.of(0x81, 0x85));
  }

  /** A reader with one pair of endpoints, which carries whole frames. */
  public static UsbIdentity pairedSamReader(String serial) {
    return new UsbIdentity(0x0316, 0x5020, serial, "IDR", 0xFF0000, List.of(0x02), List.of(0x81));
  }

  /** A descriptor, or empty if there is none. */
  Optional<byte[]> descriptor(int type, int index) {
    return switch (type) {
      case 1 -> Optional.of(device());
      case 2 -> Optional.of(configuration());
      case 3 -> string(index);
      default -> Optional.empty(); // qualifiers are of devices at high speed
    };
  }

  private byte[] device() {
    return ByteBuffer.allocate(18)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 18)
        .put((byte) 1)
        .putShort((short) 0x0110)
        .put(new byte[] {0, 0, 0, PACKET})
        .putShort((short) vendor)
        .putShort((short) product)
        .putShort((short) 0x0100)
        .put(new byte[] {1, 2, 3, 1})
        .array();
  }

  private byte[] configuration() {
    int endpoints = out.size() + in.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(18 + 7 * endpoints)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {9, 2})
            .putShort((short) (18 + 7 * endpoints))
            .put(new byte[] {1, 1, 0, (byte) 0x80, 50})
            .put(new byte[] {9, 4, 0, 0, (byte) endpoints})
            .put(new byte[] {(byte) (kind >> 16), (byte) (kind >> 8), (byte) kind, 0});
    out.forEach(address -> endpoint(bytes, address));
    in.forEach(address -> endpoint(bytes, address));
    return bytes.array();
  }

  private static void endpoint(ByteBuffer bytes, int address) {
    bytes.put(new byte[] {7, 5, (byte) address, 2}).putShort((short) PACKET).put((byte) 0);
  }

  private Optional<byte[]> string(int index) {
    return switch (index) {
      case 0 -> Optional.of(new byte[] {4, 3, (byte) (CHINESE & 0xFF), (byte) (CHINESE >> 8)});
      case 1 -> Optional.of(text("Doorstep"));
      case 2 -> Optional.of(text(name));
      case 3 -> Optional.of(text(serial));
      default -> Optional.empty();
    };
  }

  private static byte[] text(String text) {
    byte[] units = text.getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(2 + units.length)
        .put(new byte[] {(byte) (2 + units.length), 3})
        .put(units)
        .array();
  }
}
