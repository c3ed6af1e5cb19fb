package dev.doorstep.agent.command;

import dev.doorstep.protocol.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command asks for: a SHA-256 over device, operation and parameters as a tree, so that
 * neither the order of members nor white space counts. Timeout, case and the wish for updates do
 * not count either.
 *
 * @param hex 64 hexadecimal digits
 */
record Digest(String hex) {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  static Digest of(String device, Command command) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((device + "\n" + command.operation() + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(SORTED.writeValueAsBytes(command.parameters()));
      return new Digest(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
