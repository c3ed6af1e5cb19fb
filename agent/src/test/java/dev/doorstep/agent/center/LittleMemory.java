package dev.doorstep.agent.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.center.Center;
import dev.doorstep.protocol.operation.ReadIdCard;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A center in a process of its own: fetches one document into a file, and sends it back up. */
final class LittleMemory {
  private LittleMemory() {}

  /** Runs with broker, client, point and file. */
  public static void main(String[] arguments) throws Exception {
    String point = arguments[2];
    Path file = Path.of(arguments[3]);
    Duration patience = Duration.ofSeconds(30);
    try (Center center = Center.connect(URI.create(arguments[0]), arguments[1])) {
      Content content =
          center
              .point(point)
              .call("reader", new ReadIdCard(Duration.ofSeconds(5)), patience)
              .toCompletableFuture()
              .get()
              .photo()
              .orElseThrow();
      center.save(content, file, patience).toCompletableFuture().get();
      Content sent = center.upload(point, "image/jpeg", file).toCompletableFuture().get();
      System.out.println(Files.size(file) + " " + sent.size());
    }
  }
}
