package dev.doorstep.agent.local;

import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;

/** The secret between a running agent and the command line of the same user. */
final class LocalToken {
  private static final String FILE = "local.token";

  private LocalToken() {}

  /** Makes a new one for this start; only the owner can read it. */
  static String create(Path data) throws IOException {
    Files.createDirectories(data);
    Path file = data.resolve(FILE);
    Files.deleteIfExists(file);
    String token = Names.random();
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var out =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      out.write(StandardCharsets.US_ASCII.encode(token));
    }
    return token;
  }

  /** Reads the token of the agent that runs. */
  static String read(Path data) throws IOException {
    return Files.readString(data.resolve(FILE)).strip();
  }

  /** Compares in a time that tells nothing. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
