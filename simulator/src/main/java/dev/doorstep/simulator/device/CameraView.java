package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** What a camera sees, and how it answers one viewer. */
final class CameraView {

  private static final String BOUNDARY = "doorstep-frame";
  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);
  private static final Duration BETWEEN_FILLERS = Duration.ofMillis(5);

  private volatile byte[] jpeg;
  private volatile @Nullable CameraFault fault;

  CameraView(BufferedImage picture) {
    this.jpeg = encode(picture);
  }

  void show(BufferedImage picture) {
    jpeg = encode(picture);
  }

  void fault(@Nullable CameraFault next) {
    fault = next;
  }

  Optional<CameraFault> fault() {
    return Optional.ofNullable(fault);
  }

  /** Answers a request; returns when the viewer has what it asked for, and throws when it left. */
  void answer(HttpHead request, OutputStream out) throws IOException {
    awaitEndOf(CameraFault.SILENT);
    String[] line = request.first().split(" ");
    if (line.length != 3 || !line[2].startsWith("HTTP/1.")) {
      refuse(out, "400 Bad Request");
    } else if (!line[0].equals("GET")) {
      refuse(out, "405 Method Not Allowed");
    } else if (line[1].equals("/stream")) {
      stream(out);
    } else if (line[1].equals("/still")) {
      still(out);
    } else {
      refuse(out, "404 Not Found");
    }
  }

  private static void refuse(OutputStream out, String status) throws IOException {
    write(out, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  private void still(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n");
    part(out);
  }

  private void stream(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\n"
            + "Content-Type: multipart/x-mixed-replace; boundary="
            + BOUNDARY
            + "\r\n\r\n");
    do {
      awaitEndOf(CameraFault.SILENT);
      write(out, "--" + BOUNDARY + "\r\n");
      part(out);
      write(out, "\r\n");
    } while (Threads.pause(BETWEEN_FRAMES));
  }

  /** Head and body of a picture, spoilt as the fault wants it. */
  private void part(OutputStream out) throws IOException {
    CameraFault now = fault;
    byte[] body = jpeg;
    if (now == CameraFault.NOT_A_PICTURE) {
      body = new byte[20_000];
      Arrays.fill(body, (byte) 0x5A);
    }
    write(out, "Content-Type: image/jpeg\r\n");
    if (now == CameraFault.WRONG_LENGTH) {
      write(out, "Content-Length: " + body.length / 2 + "\r\n");
    } else if (now != CameraFault.NO_LENGTH && now != CameraFault.ENDLESS) {
      write(out, "Content-Length: " + body.length + "\r\n");
    }
    write(out, "\r\n");
    if (now == CameraFault.CUT) {
      out.write(body, 0, body.length / 2);
      out.flush();
      throw new IOException("cut in the middle of a part");
    }
    if (now == CameraFault.ENDLESS) {
      endless(out, body);
    }
    out.write(body);
    out.flush();
  }

  /** The picture without its end, and then filler: neither an end of image nor a boundary. */
  private void endless(OutputStream out, byte[] body) throws IOException {
    out.write(body, 0, body.length / 2);
    byte[] filler = new byte[4096];
    while (fault == CameraFault.ENDLESS && Threads.pause(BETWEEN_FILLERS)) {
      out.write(filler);
      out.flush();
    }
    throw new IOException("a part that was endless is not continued");
  }

  private void awaitEndOf(CameraFault waitedFor) throws IOException {
    while (fault == waitedFor) {
      if (!Threads.pause(BETWEEN_FRAMES)) {
        throw new IOException("unplugged");
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static byte[] encode(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "jpeg", bytes)) {
        throw new IllegalArgumentException(
            "a picture that cannot be a JPEG, such as one with alpha");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
