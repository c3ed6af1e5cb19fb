package dev.doorstep.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A document wherever it travels, in parameters and results alike.
 *
 * <pre>
 *   up to 48 KiB   {"contentType":"image/jpeg","base64":"…"}
 *   above          {"contentType":"image/jpeg","blob":{"id":"…","size":250112,"sha256":"…","pieces":4}}
 * </pre>
 */
@JsonSerialize(using = Content.Writer.class)
@JsonDeserialize(using = Content.Reader.class)
public sealed interface Content {
  /** The most bytes that travel inside a message. */
  int LARGEST_INLINE = 48 * 1024;

  /** The most bytes of a piece. */
  int LARGEST_PIECE = 64 * 1024;

  /** The fewest bytes of a piece that is not the last. */
  int SMALLEST_PIECE = 1024;

  /** The media type, such as {@code image/jpeg}. */
  String contentType();

  /** How many bytes it has. */
  long size();

  /** A document with its bytes. */
  static Data of(String contentType, byte[] bytes) {
    return new Data(contentType, bytes);
  }

  /**
   * Reads a document from its begin, wherever it lies.
   *
   * @throws IOException if it cannot be read, or has not come: a {@link Blob} is only its name
   */
  static InputStream open(Content content) throws IOException {
    if (content instanceof Data data) {
      return new ByteArrayInputStream(data.bytes());
    }
    if (content instanceof Stored stored) {
      return stored.open();
    }
    throw new IOException("the document has not come");
  }

  /** A document with its bytes, of which it is the owner: nobody changes them any more. */
  final class Data implements Content {
    private final String contentType;
    private final byte[] bytes;

    private Data(String contentType, byte[] bytes) {
      this.contentType = contentType;
      this.bytes = bytes;
    }

    @Override
    public String contentType() {
      return contentType;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    /** The bytes themselves, not a copy: not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return "Data[" + contentType + ", " + bytes.length + " bytes]";
    }
  }

  /**
   * A document whose bytes are not in memory, such as one on disk; whoever made it or handed it out
   * says how long it can be read.
   */
  non-sealed interface Stored extends Content {
    /** The SHA-256 of its bytes, 64 hexadecimal digits in small letters. */
    String sha256();

    /**
     * Reads it from its begin; may be called more than once.
     *
     * @throws IOException if it cannot be read, or is no longer kept
     */
    InputStream open() throws IOException;
  }

  /**
   * A document whose bytes come in pieces after the reply, on the topics that {@link Topics#blob}
   * names.
   *
   * @param contentType the media type
   * @param id the blob's name
   * @param size bytes in all
   * @param sha256 their SHA-256, 64 hexadecimal digits in small letters
   * @param pieces how many pieces; all have the same size, {@link #SMALLEST_PIECE} to {@link
   *     #LARGEST_PIECE}, but the last, which may be smaller
   */
  record Blob(String contentType, String id, long size, String sha256, int pieces)
      implements Content {
    private static final long LARGEST = 1L << 32;

    /** Checks every member. */
    public Blob {
      Objects.requireNonNull(id, "id is missing");
      Objects.requireNonNull(sha256, "sha256 is missing");
      Names.check("blob", id);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits");
      }
      if (size < 1
          || size > LARGEST
          || pieces < (size + LARGEST_PIECE - 1) / LARGEST_PIECE
          || pieces > (size + SMALLEST_PIECE - 1) / SMALLEST_PIECE) {
        throw new IllegalArgumentException("size and pieces of a blob do not fit");
      }
    }
  }

  /** Takes over documents that are too large for a message while one is encoded. */
  @FunctionalInterface
  interface Blobs {
    /**
     * Keeps the document and tells how it will travel.
     *
     * @param content a {@link Data} or a {@link Stored} of more than 48 KiB
     * @throws ContentException if there is no room for it
     */
    Blob keep(Content content) throws ContentException;
  }

  /** Finds the documents that came up in pieces while parameters are read. */
  @FunctionalInterface
  interface Uploads {
    /**
     * The document that parameters refer to.
     *
     * @throws ContentException {@code GONE} if nothing of it is there, {@code BLOB_DAMAGED} if a
     *     part is missing or it is not what was announced
     */
    Stored open(Blob blob) throws ContentException;
  }

  /** Writes a document; {@link Blobs} comes as an attribute of the writer. */
  final class Writer extends ValueSerializer<Content> {
    @Override
    public void serialize(Content content, JsonGenerator out, SerializationContext context) {
      try {
        write(content, out, context);
      } catch (ContentException e) {
        throw new ContentException.Unchecked(e);
      }
    }

    private static void write(Content content, JsonGenerator out, SerializationContext context)
        throws ContentException {
      out.writeStartObject();
      out.writeStringProperty("contentType", content.contentType());
      if (content instanceof Blob known) {
        reference(known, out);
      } else if (content.size() > LARGEST_INLINE) {
        reference(blobs(context).keep(content), out);
      } else {
        base64(bytes(content), out);
      }
      out.writeEndObject();
    }

    /** As text also in a tree, which would take the bytes themselves; else straight into it. */
    private static void base64(byte[] bytes, JsonGenerator out) {
      if (out.has(StreamWriteCapability.CAN_WRITE_BINARY_NATIVELY)) {
        out.writeStringProperty("base64", Base64.getEncoder().encodeToString(bytes));
      } else {
        out.writeName("base64");
        out.writeBinary(bytes);
      }
    }

    private static void reference(Blob blob, JsonGenerator out) {
      out.writeObjectPropertyStart("blob");
      out.writeStringProperty("id", blob.id());
      out.writeNumberProperty("size", blob.size());
      out.writeStringProperty("sha256", blob.sha256());
      out.writeNumberProperty("pieces", blob.pieces());
      out.writeEndObject();
    }

    private static byte[] bytes(Content content) throws ContentException {
      try (InputStream in = open(content)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ContentException(ErrorCode.INTERNAL, "a document cannot be read again", e);
      }
    }

    private static Blobs blobs(SerializationContext context) {
      if (context.getAttribute(Blobs.class) instanceof Blobs blobs) {
        return blobs;
      }
      throw new IllegalStateException("a document above 48 KiB cannot travel in this message");
    }
  }

  /** Reads either form; {@link Uploads} may come as an attribute of the reader. */
  final class Reader extends ValueDeserializer<Content> {
    private record Form(
        java.util.Optional<String> contentType,
        java.util.Optional<String> base64,
        java.util.Optional<Reference> blob) {}

    private record Reference(String id, long size, String sha256, int pieces) {}

    @Override
    public Content deserialize(JsonParser in, DeserializationContext context) {
      Form form = context.readValue(in, Form.class);
      try {
        return resolved(content(form), context);
      } catch (ContentException e) {
        throw new ContentException.Unchecked(e);
      } catch (IllegalArgumentException | NullPointerException e) {
        throw context.instantiationException(Content.class, e);
      }
    }

    private static Content resolved(Content content, DeserializationContext context)
        throws ContentException {
      return content instanceof Blob blob
              && context.getAttribute(Uploads.class) instanceof Uploads uploads
          ? uploads.open(blob)
          : content;
    }

    private static Content content(Form form) {
      String contentType = form.contentType().orElse("");
      if (contentType.isEmpty() || form.base64().isPresent() == form.blob().isPresent()) {
        throw new IllegalArgumentException("content has a contentType and either base64 or blob");
      }
      if (form.blob().isPresent()) {
        Reference blob = form.blob().get();
        return new Blob(contentType, blob.id(), blob.size(), blob.sha256(), blob.pieces());
      }
      byte[] bytes = bytes(form.base64().orElseThrow());
      if (bytes.length > LARGEST_INLINE) {
        throw new IllegalArgumentException("base64 is for at most 48 KiB");
      }
      return of(contentType, bytes);
    }

    private static byte[] bytes(String base64) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("base64 is not valid", e); // without what was found
      }
    }
  }
}
