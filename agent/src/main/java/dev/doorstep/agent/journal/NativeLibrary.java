package dev.doorstep.agent.journal;

import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The database's native library, unpacked once for each version into a folder of the owner's. Left
 * to itself SQLite JDBC unpacks it at every start (some 200 ms), and leaves it behind when the
 * process is killed.
 */
final class NativeLibrary {
  /** Not "sqlite-": such files SQLite JDBC takes for its own leftovers and deletes. */
  private static final String PREFIX = "unpacked-";

  private NativeLibrary() {}

  /** Before the first connection of the process; later calls change nothing any more. */
  static void load(Path folder) throws IOException, JournalException {
    unpack(folder);
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) { // all that it declares
      throw new JournalException(
          ErrorCode.INTERNAL,
          "the database's native library cannot be loaded from "
              + folder
              + ": delete the folder, and see that its file system is not mounted noexec ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    String path = folder.toAbsolutePath().toString();
    System.setProperty("org.sqlite.tmpdir", path); // for a platform that is not in its jar
    Path library = folder.resolve(name());
    if (Files.notExists(library)) {
      // Which one it is SQLite JDBC finds out by running uname, some 40 ms each time
      String resource =
          LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
      try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
        if (in == null) {
          return;
        }
        // under its name only when it is whole
        Path aside = folder.resolve(library.getFileName() + ".new");
        Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, library, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    System.setProperty("org.sqlite.lib.path", path);
    System.setProperty("org.sqlite.lib.name", name());
  }

  /**
   * By what Java knows of the machine. Where that is not enough (a folder moved to a machine with
   * another C library) the file cannot be loaded, and SQLite JDBC unpacks its own after all.
   */
  private static String name() {
    return PREFIX
        + String.join(
            "-",
            SQLiteJDBCLoader.getVersion(),
            System.getProperty("os.name").replaceAll("\\W", "_"),
            System.getProperty("os.arch"),
            System.mapLibraryName("sqlitejdbc"));
  }
}
