package dev.doorstep.agent.device;

import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.HeldDocument;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;

/** The documents of jobs that have no store. */
final class HeldDocuments implements Job.Documents {
  @Override
  public DocumentWriter writer(String contentType) {
    return new HeldDocument(contentType, 1 << 20);
  }

  @Override
  public Content.Stored open(Content.Blob blob) throws ContentException {
    throw new ContentException(ErrorCode.GONE, "nothing was uploaded");
  }
}
