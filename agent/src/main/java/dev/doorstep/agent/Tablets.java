package dev.doorstep.agent;

import dev.doorstep.agent.files.OwnerOnly;
import dev.doorstep.driver.transport.screen.Pairing;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * The paired tablets on disk: {@code data/tablets.json}, readable by its owner alone, with the
 * digests of the tokens.
 */
final class Tablets {
  private static final String FILE = "tablets.json";

  private final Path file;

  /** What the file holds. */
  private record Kept(List<Pairing.Tablet> tablets) {
    Kept {
      tablets = List.copyOf(Objects.requireNonNull(tablets, "tablets are missing"));
    }
  }

  private Tablets(Path file) {
    this.file = file;
  }

  /**
   * The pairing of a point, with the tablets of before.
   *
   * @throws StartException if the file is there and cannot be read
   */
  static Pairing pairing(Path data) throws StartException {
    Tablets tablets = new Tablets(data.resolve(FILE));
    return new Pairing(tablets.read(), tablets::write, System::nanoTime);
  }

  private List<Pairing.Tablet> read() throws StartException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      OwnerOnly.warnOfOthers(file);
      return Codec.read(Kept.class, Files.readAllBytes(file)).tablets();
    } catch (IOException | InvalidMessageException e) {
      throw new StartException(
          "the paired tablets in "
              + file
              + " cannot be read ("
              + e.getMessage()
              + "): delete the file and pair them again",
          e);
    }
  }

  /** Whole or not at all, also if the power goes. */
  private void write(List<Pairing.Tablet> tablets) {
    Path next = file.resolveSibling(FILE + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      OwnerOnly.create(next, Codec.write(new Kept(tablets)), StandardOpenOption.SYNC);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the paired tablets cannot be kept", e);
    }
  }
}
