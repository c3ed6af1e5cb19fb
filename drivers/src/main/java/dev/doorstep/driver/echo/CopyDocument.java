package dev.doorstep.driver.echo;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.util.Objects;

/**
 * {@code x-echo.copy}: has the device say a document back.
 *
 * @param document any document
 */
public record CopyDocument(Content document) implements Operation<EchoedDocument> {
  /** The operation's type. */
  public static final OperationType<CopyDocument, EchoedDocument> TYPE =
      new OperationType<>("x-echo.copy", CopyDocument.class, EchoedDocument.class);

  /** Checks that there is a document. */
  public CopyDocument {
    Objects.requireNonNull(document, "document is missing");
  }

  @Override
  public OperationType<CopyDocument, EchoedDocument> type() {
    return TYPE;
  }
}
