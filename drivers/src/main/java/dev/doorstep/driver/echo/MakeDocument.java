package dev.doorstep.driver.echo;

import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;

/**
 * {@code x-echo.document}: has the device make a document of random bytes, the same ones for the
 * same seed.
 *
 * @param size how many bytes, 1 to 256 MiB
 * @param seed any number
 */
public record MakeDocument(long size, long seed) implements Operation<EchoedDocument> {
  /** The operation's type. */
  public static final OperationType<MakeDocument, EchoedDocument> TYPE =
      new OperationType<>("x-echo.document", MakeDocument.class, EchoedDocument.class);

  private static final long LARGEST = 256L << 20;

  /** Checks the size. */
  public MakeDocument {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("size must be 1 to 256 MiB");
    }
  }

  @Override
  public OperationType<MakeDocument, EchoedDocument> type() {
    return TYPE;
  }
}
