package dev.doorstep.agent.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that only their owner can read, where the file system knows such a thing. */
public final class OwnerOnly {
  private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /** What a new file is made with. */
  public static FileAttribute<?>[] attributes() {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
        : new FileAttribute<?>[0];
  }

  /**
   * Makes a file anew, with all of its content.
   *
   * @param how more than that it is made and written, such as {@link StandardOpenOption#SYNC}
   */
  public static void create(Path file, byte[] content, OpenOption... how) throws IOException {
    Files.deleteIfExists(file);
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    try (SeekableByteChannel out = Files.newByteChannel(file, options, attributes())) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left);
      }
    }
  }

  /** Logs that others than the owner can read a secret; it is used all the same. */
  public static void warnOfOthers(Path file) throws IOException {
    if (POSIX) {
      Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
      granted.addAll(Files.getPosixFilePermissions(file));
      granted.removeAll(OWNER);
      granted.remove(PosixFilePermission.OWNER_EXECUTE);
      if (!granted.isEmpty()) {
        log.warn("others than its owner have a right to {}: chmod 600 it ({})", file, granted);
      }
    }
  }
}
