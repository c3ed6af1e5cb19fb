package dev.doorstep.driver.echo;

import dev.doorstep.protocol.Content;
import java.util.Objects;

/**
 * The result of {@code x-echo.copy} and {@code x-echo.document}.
 *
 * @param document what the device said
 */
public record EchoedDocument(Content document) {
  /** Checks that there is a document. */
  public EchoedDocument {
    Objects.requireNonNull(document, "document is missing");
  }
}
