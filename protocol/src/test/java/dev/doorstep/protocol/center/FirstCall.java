package dev.doorstep.protocol.center;

import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import java.net.URI;
import java.time.Duration;

/** The Java listing of the README, so that it compiles. */
final class FirstCall {
  private FirstCall() {}

  static void main(String broker) throws Exception {
    try (Center center = Center.connect(URI.create(broker), "hall-1")) {
      Point point = center.point("jingan-0042");
      ReadIdCard read = new ReadIdCard(Duration.ofSeconds(5));
      IdCard card = point.call("reader", read, Duration.ofSeconds(10)).toCompletableFuture().get();
      byte[] photo = center.fetch(card.photo().orElseThrow()).toCompletableFuture().get();
      System.out.println(card.type() + ", photo of " + photo.length + " bytes");
    }
  }
}
