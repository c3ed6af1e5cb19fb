package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The handshake of a WebSocket (RFC 6455, 4.1). */
final class Upgrade {
  private static final int LONGEST = 8192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})\\b.*");
  private static final Pattern ACCEPT =
      Pattern.compile("(?im)^Sec-WebSocket-Accept:[ \t]*(\\S+)[ \t]*$");

  private Upgrade() {}

  static byte[] request(String authority, String path, String key) {
    return """
        GET %s HTTP/1.1
        Host: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: %s

        """
        .formatted(path, authority, key)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the answer.
   *
   * @throws DeviceException {@code DEVICE_FAULT} if it is a refusal, {@code GARBLED} if it is none
   *     of a WebSocket
   */
  static void demand(DataInputStream in, String key) throws IOException, DeviceException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      if (head.length() == LONGEST) {
        throw new DeviceException(ErrorCode.GARBLED, "a head of more than " + LONGEST + " bytes");
      }
      head.append((char) in.readUnsignedByte());
    }
    String text = head.toString().replace("\r\n", "\n");
    Matcher status = STATUS.matcher(text.substring(0, text.indexOf('\n')));
    if (!status.matches()) {
      throw new DeviceException(ErrorCode.GARBLED, "no HTTP response; check the port");
    }
    if (!status.group(1).equals("101")) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT, "HTTP status " + status.group(1) + "; check the address");
    }
    Matcher accept = ACCEPT.matcher(text);
    if (!accept.find() || !accept.group(1).equals(accept(key))) {
      throw new DeviceException(ErrorCode.GARBLED, "no WebSocket: the key was not accepted");
    }
  }

  private static String accept(String key) {
    try {
      byte[] bytes =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
