package dev.doorstep.agent.command;

import dev.doorstep.protocol.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.ObjectWriter;
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
  private static final ObjectWriter SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build().writer();
  private static final MessageDigest FRESH = sha256();

  static Digest of(String device, Command command) {
    MessageDigest digest = fresh();
    digest.update((device + "\n" + command.operation() + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(SORTED.writeValueAsBytes(command.parameters()));
    return new Digest(HexFormat.of().formatHex(digest.digest()));
  }

  /** A copy: looking the algorithm up for each command takes longer than the digest itself. */
  private static MessageDigest fresh() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
