package dev.doorstep.agent.journal;

import dev.doorstep.agent.files.OwnerOnly;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data folder that belongs to this journal alone, until it is closed or its process ends. */
final class JournalFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournalFolder.class);
  private final FileChannel lock;

  private JournalFolder(FileChannel lock) {
    this.lock = lock;
  }

  /** Makes the folders, takes the lock, and loads the database's native library. */
  static JournalFolder take(JournalSettings settings) throws JournalException {
    Path folder = settings.folder();
    try {
      Files.createDirectories(folder);
      JournalFolder taken = new JournalFolder(lock(folder));
      boolean done = false;
      try {
        NativeLibrary.load(settings.nativeFolder());
        done = true;
        return taken;
      } finally {
        if (!done) {
          taken.close();
        }
      }
    } catch (IOException e) {
      throw new JournalException(
          ErrorCode.STORAGE_FULL,
          "the data folder "
              + folder
              + " cannot be written: see to its permissions and space ("
              + e
              + ")",
          e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException, JournalException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("journal.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.attributes());
    boolean taken = false;
    try {
      taken = file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      log.debug("another journal of this process has the folder", e);
    } finally {
      if (!taken) {
        file.close();
      }
    }
    if (!taken) {
      throw new JournalException(
          ErrorCode.INTERNAL,
          "another agent uses the data folder "
              + folder
              + ": end it first, or give this one a folder of its own (data: in doorstep.yaml)");
    }
    return file;
  }

  /** The folder may be taken again. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      log.warn("the lock of the data folder could not be closed: {}", e.toString());
    }
  }
}
