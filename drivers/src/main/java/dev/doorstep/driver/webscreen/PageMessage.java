package dev.doorstep.driver.webscreen;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a page sends: a JSON object with the members of a record and no others. */
final class PageMessage {
  private PageMessage() {}

  /** Reads it; empty if it is anything else. Its text may be personal and is told nowhere. */
  static <T extends Record> Optional<T> read(String message, Class<T> form) {
    try {
      ObjectNode tree = Codec.read(ObjectNode.class, message.getBytes(StandardCharsets.UTF_8));
      return members(form).containsAll(tree.propertyNames())
          ? Optional.of(Codec.read(form, tree))
          : Optional.empty();
    } catch (InvalidMessageException e) {
      return Optional.empty(); // its text may name what was typed; the device counts the message
    }
  }

  private static Set<String> members(Class<? extends Record> form) {
    return Arrays.stream(form.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }
}
