package dev.doorstep.protocol;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Takes the name of a value as it stands in the contract alone: Jackson trims it first. */
final class ExactNames extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public ValueDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new Untrimmed(reader);
  }

  private static final class Untrimmed extends DelegatingDeserializer {
    Untrimmed(ValueDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
      return new Untrimmed(reader);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
      if (in.hasToken(JsonToken.VALUE_STRING)) {
        String name = in.getString();
        if (!name.equals(name.trim())) {
          return context.handleWeirdStringValue(handledType(), name, "not a name");
        }
      }
      return super.deserialize(in, context);
    }
  }
}
