package dev.doorstep.agent.local;

import dev.doorstep.driver.transport.screen.Pairing;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Names;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a technician asks of the paired tablets: {@code GET /tablets}, {@code POST /tablets/NAME}
 * for a code, {@code DELETE /tablets/NAME}.
 */
final class TabletDesk {
  private static final String PATH = "/tablets";

  private final Optional<Pairing> pairing;
  private final List<URI> screens;

  /**
   * A desk.
   *
   * @param pairing empty where the screens are for this machine alone
   * @param screens where a tablet finds them
   */
  TabletDesk(Optional<Pairing> pairing, List<URI> screens) {
    this.pairing = pairing;
    this.screens = List.copyOf(screens);
  }

  /**
   * What is answered.
   *
   * @param status of HTTP
   * @param body JSON if it is 200, else a text
   */
  record Answer(int status, String body) {
    private static Answer json(Object body) {
      return new Answer(200, Codec.text(body));
    }
  }

  /** Whether a path is one of these. */
  static boolean isFor(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /** Answers a request of somebody who may ask. */
  Answer answer(String method, String path) {
    if (pairing.isEmpty()) {
      return new Answer(409, "screen: {network: …} is not set: the screens are for this machine");
    }
    if (path.equals(PATH)) {
      return method.equals("GET") ? list(pairing.get()) : new Answer(405, "GET alone");
    }
    String name = path.substring(PATH.length() + 1);
    if (!Names.valid(name)) {
      return new Answer(404, "no name of a tablet: 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return switch (method) {
      case "POST" ->
          Answer.json(new PairingCode(pairing.get().begin(name), Pairing.VALID, screens));
      case "DELETE" ->
          pairing.get().forget(name) ? list(pairing.get()) : new Answer(404, "no such tablet");
      default -> new Answer(405, "POST and DELETE alone");
    };
  }

  private static Answer list(Pairing pairing) {
    return Answer.json(
        new PairedTablets(pairing.tablets().stream().map(Pairing.Tablet::name).toList()));
  }
}
