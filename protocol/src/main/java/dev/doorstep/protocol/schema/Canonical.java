package dev.doorstep.protocol.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The one way of RFC 8785 to write a tree; for trees like ours, whose numbers are all whole. */
final class Canonical {
  private Canonical() {}

  /** The SHA-256 of a tree's canonical form, in hexadecimal digits. */
  static String sha256(JsonNode tree) {
    StringBuilder text = new StringBuilder();
    write(tree, text);
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      String before = "{";
      for (String name : new TreeSet<>(node.propertyNames())) {
        quote(name, out.append(before));
        write(node.path(name), out.append(':'));
        before = ",";
      }
      out.append(node.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      String before = "[";
      for (JsonNode entry : node) {
        write(entry, out.append(before));
        before = ",";
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isString()) {
      quote(node.stringValue(), out);
    } else {
      out.append(node.isNull() ? "null" : node.asString());
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (c < ' ') {
        out.append(c < 16 ? "\\u000" : "\\u001").append(Character.forDigit(c % 16, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
