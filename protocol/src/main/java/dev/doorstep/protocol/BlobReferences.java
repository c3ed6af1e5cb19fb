package dev.doorstep.protocol;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Finds the documents that stand anywhere in a result and travel as blobs. */
public final class BlobReferences {
  private static final Logger LOG = LoggerFactory.getLogger(BlobReferences.class);
  private static final int MOST = 64;

  private BlobReferences() {}

  /** The first 64 of them, in order; the codec bounds the depth of a result. */
  public static List<Content.Blob> in(JsonNode result) {
    List<Content.Blob> found = new ArrayList<>();
    search(result, found);
    return found;
  }

  private static void search(JsonNode node, List<Content.Blob> found) {
    if (found.size() == MOST) {
      return;
    }
    if (node.path("blob").isObject() && node.path("contentType").isString()) {
      try {
        if (Codec.read(Content.class, node) instanceof Content.Blob blob) {
          found.add(blob);
        }
      } catch (InvalidMessageException e) {
        LOG.debug("no reference to a blob: {}", e.getMessage());
      }
      return;
    }
    for (JsonNode child : node) {
      search(child, found);
    }
  }
}
