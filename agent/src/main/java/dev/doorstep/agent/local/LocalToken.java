package dev.doorstep.agent.local;

import dev.doorstep.agent.files.OwnerOnly;
import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret between a running agent and the command line of the same user. */
final class LocalToken {
  private static final String FILE = "local.token";

  private LocalToken() {}

  /** Makes a new one for this start; only the owner can read it. */
  static String create(Path data) throws IOException {
    Files.createDirectories(data);
    Path file = data.resolve(FILE);
    String token = Names.random();
    OwnerOnly.create(file, token.getBytes(StandardCharsets.US_ASCII));
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
