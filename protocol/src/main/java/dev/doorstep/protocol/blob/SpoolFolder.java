package dev.doorstep.protocol.blob;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for spools, readable by its owner alone. Where a file can be deleted while it is open,
 * as on Linux, a spool's file has no name from the start, and the end of the process, however it
 * comes, is its end too; elsewhere what a dead process left is deleted when the folder is opened.
 * Safe for any thread, and for several processes in one folder.
 */
public final class SpoolFolder {
  private static final Logger log = LoggerFactory.getLogger(SpoolFolder.class);
  private static final String PREFIX = "doorstep-spool-";
  private static final long MOST_RESERVE = 1L << 30;
  private static final long BETWEEN_LOOKS = 4L << 20;

  private final Path folder;
  private final long most;
  private final Disk disk;
  private final RecordBuffers buffers = new RecordBuffers();
  private long taken;
  private long roomWhenLooked;

  /** Tells how many bytes may still be written. */
  interface Disk {
    long room() throws IOException;
  }

  SpoolFolder(Path folder, long most, Disk disk) {
    this.folder = folder;
    this.most = most;
    this.disk = disk;
  }

  /**
   * Opens a folder without a limit of its own.
   *
   * @throws IOException as {@link #open(Path, long)}
   */
  public static SpoolFolder open(Path folder) throws IOException {
    return open(folder, Long.MAX_VALUE);
  }

  /**
   * Opens a folder, makes it if it is not there, and deletes what was left in it. In one that
   * others can write too, as the system's temporary folder, it is a folder below it that is this
   * user's alone.
   *
   * @param most how many bytes all its spools may have; fewer if less than a tenth of the disk, or
   *     a GiB if that is less, would stay free
   * @throws IOException if it cannot be made or read; the text says which and what to do
   */
  public static SpoolFolder open(Path folder, long most) throws IOException {
    Path own;
    try {
      Files.createDirectories(folder, OwnFolder.attributes());
      own = OwnFolder.in(folder);
      deleteLeftovers(own);
    } catch (IOException e) {
      throw new IOException(
          "the folder for large documents cannot be used: "
              + folder
              + ": make it writable for this user",
          e);
    }
    return new SpoolFolder(own, most, () -> room(Files.getFileStore(own)));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** How many bytes its spools have. */
  public synchronized long bytes() {
    return taken;
  }

  /**
   * A new, empty spool.
   *
   * @throws IOException if its file cannot be made
   */
  public Spool create() throws IOException {
    Path file = Files.createTempFile(folder, PREFIX, "", OwnFolder.fileAttributes());
    try {
      RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
      if (OwnFolder.POSIX) {
        Files.deleteIfExists(file); // another process that opens the folder may be faster
      }
      return new Spool(open, file, this);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * A new document, to be written from its begin to its end.
   *
   * @throws IOException if its file cannot be made
   */
  public SpoolWriter writer(String contentType) throws IOException {
    return new SpoolWriter(contentType, create());
  }

  RecordBuffers buffers() {
    return buffers;
  }

  /** Takes room for some bytes, before they are written. */
  synchronized void take(long bytes) throws IOException {
    if (taken + bytes > most) {
      throw new IOException(
          "no room for more large documents: " + (most >> 20) + " MiB are kept at most");
    }
    roomWhenLooked -= bytes;
    if (roomWhenLooked < 0) {
      long room = disk.room();
      if (room < bytes) {
        throw new IOException("the disk of " + folder + " is nearly full: make room there");
      }
      roomWhenLooked = Math.min(room, BETWEEN_LOOKS) - bytes;
    }
    taken += bytes;
  }

  synchronized void give(long bytes) {
    taken -= bytes;
  }

  private static long room(FileStore disk) throws IOException {
    return disk.getUsableSpace() - Math.min(disk.getTotalSpace() / 10, MOST_RESERVE);
  }

  /**
   * One that another process has open goes too, and that process does not mind. What cannot be
   * deleted, as a file of another user, is no reason to do without the folder.
   */
  private static void deleteLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : left) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          log.debug("a file that an earlier process left cannot be deleted", e);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
