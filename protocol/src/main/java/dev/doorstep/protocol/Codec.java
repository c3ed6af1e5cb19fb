package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON to records and back. Bounds nesting and lengths of what comes in, refuses a member that
 * stands twice, and takes no text for a number.
 */
public final class Codec {
  private static final JsonMapper STRICT = mapper(true);
  private static final JsonMapper LENIENT = mapper(false);
  private static final ObjectReader COMMAND = STRICT.readerFor(Command.class);

  private Codec() {}

  /**
   * Reads a command from its message.
   *
   * @throws InvalidMessageException if it is no command; unknown members are refused
   */
  public static Command command(byte[] json) throws InvalidMessageException {
    return attempt(() -> COMMAND.<Command>readValue(json), "");
  }

  /**
   * Reads the parameters of an operation.
   *
   * @throws InvalidMessageException if they are not of its form; unknown members are refused
   */
  public static <P extends Operation<R>, R> P parameters(
      OperationType<P, R> type, ObjectNode parameters) throws InvalidMessageException {
    return attempt(() -> STRICT.treeToValue(parameters, type.parameters()), "parameters");
  }

  /**
   * As {@link #parameters(OperationType, ObjectNode)}, and each document that came up in pieces is
   * a {@link Content.Stored} from {@code uploads}.
   *
   * @throws InvalidMessageException if they are not of its form; unknown members are refused
   * @throws ContentException if {@code uploads} refuses a document
   */
  public static <P extends Operation<R>, R> P parameters(
      OperationType<P, R> type, ObjectNode parameters, Content.Uploads uploads)
      throws InvalidMessageException, ContentException {
    ObjectReader reader = STRICT.reader().withAttribute(Content.Uploads.class, uploads);
    try {
      return present(reader.treeToValue(parameters, type.parameters()), "parameters");
    } catch (JacksonException e) {
      Optional<ContentException> refusal = ContentException.within(e);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      throw Refusals.of(e, "parameters");
    }
  }

  /**
   * Reads a reply, a result or a retained document; unknown members are passed over.
   *
   * @throws InvalidMessageException if it is not of the record's form
   */
  public static <T> T read(Class<T> form, byte[] json) throws InvalidMessageException {
    return attempt(() -> LENIENT.readValue(json, form), "");
  }

  /** As {@link #read(Class, byte[])}, from a tree. */
  public static <T> T read(Class<T> form, JsonNode tree) throws InvalidMessageException {
    return attempt(() -> LENIENT.treeToValue(tree, form), "");
  }

  /**
   * Finds the {@code id} of a message that is no command, so that its sender hears of it; reads no
   * further than that member and never fails.
   */
  public static Optional<String> idOf(byte[] json) {
    try (JsonParser parser = LENIENT.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean id = "id".equals(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_STRING && id) {
          return Optional.of(parser.getString()).filter(text -> text.length() <= 64);
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // not JSON up to there: there is no id to tell
    }
  }

  /** Writes a record that holds no document above 48 KiB. */
  public static byte[] write(Object value) {
    return LENIENT.writeValueAsBytes(value);
  }

  /** The JSON of a value as a text, for whoever prints it or sends texts. */
  public static String text(Object value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }

  /** Writes a record as a tree; it holds no document above 48 KiB. */
  public static ObjectNode tree(Object value) {
    return LENIENT.valueToTree(value);
  }

  /**
   * Writes a record as a tree; documents above 48 KiB go to {@code blobs}.
   *
   * @throws ContentException if {@code blobs} refuses one
   */
  public static JsonNode tree(Object value, Content.Blobs blobs) throws ContentException {
    try (TokenBuffer buffer = TokenBuffer.forGeneration()) {
      writer(blobs).writeValue(buffer, value);
      return LENIENT.readTree(buffer.asParser());
    } catch (ContentException.Unchecked | JacksonException e) {
      throw ContentException.within(e).orElseThrow(() -> e);
    }
  }

  /**
   * Writes a record; documents above 48 KiB go to {@code blobs}.
   *
   * @throws ContentException if {@code blobs} refuses one
   */
  public static byte[] write(Object value, Content.Blobs blobs) throws ContentException {
    try {
      return writer(blobs).writeValueAsBytes(value);
    } catch (ContentException.Unchecked | JacksonException e) {
      throw ContentException.within(e).orElseThrow(() -> e);
    }
  }

  private static ObjectWriter writer(Content.Blobs blobs) {
    return LENIENT.writer().withAttribute(Content.Blobs.class, blobs);
  }

  private interface Read<T> {
    T read();
  }

  private static <T> T attempt(Read<T> read, String root) throws InvalidMessageException {
    try {
      return present(read.read(), root);
    } catch (JacksonException e) {
      throw Refusals.of(e, root);
    }
  }

  private static <T> T present(@Nullable T value, String root) throws InvalidMessageException {
    if (value == null) {
      throw new InvalidMessageException(root, "must be an object");
    }
    return value;
  }

  private static void refuseScalars(MutableCoercionConfig texts) {
    texts
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** Takes ISO 8601 alone, and no number: whether that meant seconds, nobody could tell. */
  private static final class DurationReader extends ValueDeserializer<Duration> {
    private static final int MOST_DIGITS = 9;

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) {
      try {
        if (in.hasToken(JsonToken.VALUE_STRING)) {
          return duration(in.getString());
        }
      } catch (DateTimeParseException e) {
        return context.reportInputMismatch(Duration.class, "no duration");
      }
      return context.reportInputMismatch(Duration.class, "no text");
    }

    /** Whole seconds, as most commands have them, need none of the parser's patterns. */
    private static Duration duration(String text) {
      int end = text.length() - 1;
      boolean seconds =
          end > 2 && end <= MOST_DIGITS + 2 && text.startsWith("PT") && text.charAt(end) == 'S';
      for (int i = 2; seconds && i < end; i++) {
        seconds = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      }
      return seconds ? Duration.ofSeconds(Long.parseLong(text, 2, end, 10)) : Duration.parse(text);
    }
  }

  private static JsonMapper mapper(boolean strict) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(40)
                    .maxNameLength(256)
                    .maxStringLength(1 << 20)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfig(LogicalType.Textual, Codec::refuseScalars)
        .changeDefaultVisibility(what -> what.withIsGetterVisibility(Visibility.NONE))
        .changeDefaultNullHandling(
            nulls -> strict ? nulls.withContentNulls(Nulls.FAIL) : nulls) // null in a list
        .addModule(
            new SimpleModule()
                .addDeserializer(Duration.class, new DurationReader())
                .setDeserializerModifier(new ExactNames())
                .setSerializerModifier(new LeftOut()))
        .build();
  }
}
