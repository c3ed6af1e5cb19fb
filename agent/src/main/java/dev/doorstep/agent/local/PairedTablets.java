package dev.doorstep.agent.local;

import java.util.List;

/**
 * The tablets that may open the screens.
 *
 * @param tablets their names
 */
public record PairedTablets(List<String> tablets) {
  /** Copies the names. */
  public PairedTablets {
    tablets = List.copyOf(tablets);
  }
}
