package dev.doorstep.protocol.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders and files that only this user can reach; where there are no permissions, any. */
final class OwnFolder {
  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Logger log = LoggerFactory.getLogger(OwnFolder.class);
  private static final String FOLDER = "rwx------";

  private OwnFolder() {}

  /** What a new folder is made with. */
  static FileAttribute<?>[] attributes() {
    return permissions(FOLDER);
  }

  /** What a new file is made with. */
  static FileAttribute<?>[] fileAttributes() {
    return permissions("rw-------");
  }

  /**
   * The folder itself if nobody else can write it, else one below it of this user alone: the same
   * each time, unless somebody else has taken its name.
   */
  static Path in(Path folder) throws IOException {
    if (!POSIX || !isShared(Files.getPosixFilePermissions(folder))) {
      return folder;
    }
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
    Path own = folder.resolve("doorstep-" + user);
    try {
      return Files.createDirectory(own, attributes());
    } catch (FileAlreadyExistsException e) {
      log.trace("made before", e);
    }
    return isOwn(own) ? own : Files.createTempDirectory(folder, "doorstep-", attributes());
  }

  /** Whether it is a folder, no link, that this user made and only this user can reach. */
  private static boolean isOwn(Path own) {
    try {
      PosixFileAttributes found =
          Files.readAttributes(own, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isDirectory()
          || !found.permissions().equals(PosixFilePermissions.fromString(FOLDER))) {
        return false;
      }
      Path probe = Files.createTempFile(own, "doorstep-own-", "", fileAttributes());
      try {
        return found.owner().equals(Files.getOwner(probe));
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException e) {
      log.debug("not this user's", e);
      return false;
    }
  }

  private static boolean isShared(Set<PosixFilePermission> permissions) {
    return permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE);
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
