package dev.doorstep.agent.local;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the agent that runs on this machine. */
public final class LocalClient {
  private static final int CONNECTING = 2000;
  private static final int ANSWERING = 10_000;
  private static final int LARGEST = 64 << 10;

  private LocalClient() {}

  /** A line of the answer that is no reply. */
  private record BlobLine(Optional<String> blob, Optional<String> base64) {}

  /**
   * Carries out a command there.
   *
   * @param port the agent's local port
   * @param data its data folder, where the token lies
   * @param patience how long to wait for each line of the answer
   * @param updates hears of each reply but the last
   * @return the last reply with its documents, or empty if no agent listens there
   * @throws IOException if the agent is there and does not answer as it should
   */
  public static Optional<Executed> carryOut(
      int port,
      Path data,
      String device,
      byte[] command,
      Duration patience,
      Consumer<Reply> updates)
      throws IOException {
    if (!isThere(port)) {
      return Optional.empty(); // the caller opens the device by itself
    }
    HttpURLConnection http = open(port, data, "POST", "/command/" + device);
    http.setDoOutput(true);
    http.setReadTimeout((int) patience.toMillis());
    try {
      http.getOutputStream().write(command);
      if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(
            "the program on port "
                + port
                + " answers "
                + http.getResponseCode()
                + "; is it the agent of this configuration?");
      }
      return Optional.of(read(http.getInputStream(), updates));
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "the program on port " + port + " does not answer; is it the agent?", e);
    } finally {
      http.disconnect();
    }
  }

  /**
   * Asks it for something that is answered at once.
   *
   * @return the answer's body, or empty if no agent listens there
   * @throws IOException if the agent is there and refuses, with what it says
   */
  public static Optional<byte[]> ask(int port, Path data, String method, String path)
      throws IOException {
    if (!isThere(port)) {
      return Optional.empty();
    }
    HttpURLConnection http = open(port, data, method, path);
    http.setReadTimeout(ANSWERING);
    try {
      if (http.getResponseCode() == HttpURLConnection.HTTP_OK) {
        try (InputStream in = http.getInputStream()) {
          return Optional.of(in.readNBytes(LARGEST));
        }
      }
      try (InputStream in = http.getErrorStream()) {
        String said = in == null ? "" : new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        throw new IOException("the agent answers " + http.getResponseCode() + ": " + said);
      }
    } finally {
      http.disconnect();
    }
  }

  private static boolean isThere(int port) throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTING);
      return true;
    } catch (ConnectException e) {
      return false; // nobody listens
    }
  }

  private static HttpURLConnection open(int port, Path data, String method, String path)
      throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    http.setRequestMethod(method);
    http.setRequestProperty("Authorization", "Bearer " + LocalToken.read(data));
    http.setConnectTimeout(CONNECTING);
    return http;
  }

  private static Executed read(InputStream answer, Consumer<Reply> updates) throws IOException {
    Optional<Reply> last = Optional.empty();
    Map<String, ByteArrayOutputStream> documents = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        if (last.isPresent()) {
          BlobLine piece = Codec.read(BlobLine.class, json);
          documents
              .computeIfAbsent(piece.blob().orElse(""), id -> new ByteArrayOutputStream())
              .writeBytes(Base64.getDecoder().decode(piece.base64().orElse("")));
        } else {
          Reply reply = Codec.read(Reply.class, json);
          last = Optional.of(reply).filter(Reply::isFinal);
          if (last.isEmpty()) {
            updates.accept(reply);
          }
        }
      }
    } catch (InvalidMessageException e) {
      throw new IOException("the agent's answer is not understood: " + e.getMessage(), e);
    }
    Map<String, byte[]> whole = new LinkedHashMap<>();
    documents.forEach((id, bytes) -> whole.put(id, bytes.toByteArray()));
    return new Executed(
        last.orElseThrow(() -> new IOException("the agent went away before it answered")), whole);
  }
}
