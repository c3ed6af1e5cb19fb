package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Topics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Pieces of blobs that no reply has announced yet; the oldest make room for the newest. {@link
 * Blobs} lets only one thread in at a time.
 */
final class EarlyPieces {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_PIECES = 1024;

  private record Key(String point, Topics.Piece piece) {}

  private final Map<Key, byte[]> pieces = new LinkedHashMap<>();
  private int bytes;

  void add(String point, Topics.Piece piece, byte[] content) {
    byte[] before = pieces.put(new Key(point, piece), content);
    bytes += content.length - (before == null ? 0 : before.length);
    Iterator<byte[]> oldest = pieces.values().iterator();
    while (bytes > MOST_BYTES || pieces.size() > MOST_PIECES) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }

  /** Hands over, and forgets, the pieces of a blob. */
  void take(String point, String blob, ObjIntConsumer<byte[]> to) {
    pieces
        .entrySet()
        .removeIf(
            entry -> {
              Key key = entry.getKey();
              boolean wanted = key.point().equals(point) && key.piece().blob().equals(blob);
              if (wanted) {
                bytes -= entry.getValue().length;
                to.accept(entry.getValue(), key.piece().n());
              }
              return wanted;
            });
  }
}
