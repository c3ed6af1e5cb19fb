package dev.doorstep.agent.local;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A code that lets one tablet in.
 *
 * @param code eight digits
 * @param valid how long it is good
 * @param screens where the tablet finds the page that asks for it
 */
public record PairingCode(String code, Duration valid, List<URI> screens) {
  /** Copies the addresses. */
  public PairingCode {
    screens = List.copyOf(screens);
  }
}
