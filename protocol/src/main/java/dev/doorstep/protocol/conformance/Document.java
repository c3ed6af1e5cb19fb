package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Content;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A large document that a result names, and its pieces as they came. */
final class Document {
  private final Station station;
  private final JsonNode blob;
  private final String prefix;

  /**
   * A document for a client.
   *
   * @param blob what the result says of it
   */
  Document(Station station, Subject subject, JsonNode blob) {
    this.station = station;
    this.blob = blob;
    String first = subject.topics().blob(station.name(), id(), 0);
    this.prefix = first.substring(0, first.length() - 1);
  }

  String id() {
    return blob.path("id").asString("-");
  }

  int pieces() {
    return blob.path("pieces").asInt(0);
  }

  long size() {
    return blob.path("size").asLong(0);
  }

  /** Everything that came for it, doubles and all. */
  List<Arrival> arrivals() {
    return station.pieces().stream().filter(it -> it.topic().startsWith(prefix)).toList();
  }

  /** How often a piece came. */
  long times(int n) {
    return arrivals().stream().filter(it -> it.topic().equals(prefix + n)).count();
  }

  /** Whether every piece came at least once. */
  boolean isWhole() {
    for (int n = 0; n < pieces(); n++) {
      if (times(n) == 0) {
        return false;
      }
    }
    return true;
  }

  private Optional<byte[]> piece(int n) {
    return arrivals().stream()
        .filter(it -> it.topic().equals(prefix + n))
        .map(it -> it.message().payload())
        .findFirst();
  }

  /** What is wrong with numbers and sizes of the pieces, given the reply's place among arrivals. */
  Optional<String> disorder(int reply) {
    if (!isWhole()) {
      return Optional.of("pieces are missing");
    }
    if (arrivals().stream().anyMatch(it -> it.number() < reply)) {
      return Optional.of("a piece before the reply");
    }
    List<Integer> sizes = new ArrayList<>();
    for (int n = 0; n < pieces(); n++) {
      sizes.add(piece(n).map(bytes -> bytes.length).orElse(0));
    }
    int each = sizes.get(0);
    boolean odd = each > Content.LARGEST_PIECE || (pieces() > 1 && each < Content.SMALLEST_PIECE);
    for (int n = 0; n < pieces(); n++) {
      odd |= n < pieces() - 1 ? sizes.get(n) != each : sizes.get(n) > each;
    }
    boolean strange =
        arrivals().stream()
            .map(it -> it.topic().substring(prefix.length()))
            .anyMatch(n -> !n.matches("[0-9]{1,9}") || Integer.parseInt(n) >= pieces());
    if (strange) {
      return Optional.of("a piece of another number");
    }
    return odd ? Optional.of("pieces of the sizes " + sizes) : Optional.empty();
  }

  /** Whether size and digest fit what came. */
  boolean isSound() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int n = 0; n < pieces(); n++) {
      all.writeBytes(piece(n).orElse(new byte[0]));
    }
    return all.size() == size()
        && sha256(all.toByteArray()).equals(blob.path("sha256").asString(""));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
