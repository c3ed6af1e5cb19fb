package dev.doorstep.protocol;

import dev.doorstep.protocol.constraint.Defaulted;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Leaves a parameter out that is what it would be if it were left out. An agent refuses members
 * that it does not know, so a center that is newer than a point still speaks to it, as long as it
 * asks for nothing new.
 */
final class LeftOut extends ValueSerializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config,
      BeanDescription.Supplier description,
      List<BeanPropertyWriter> members) {
    Class<?> form = description.getBeanClass();
    if (!form.isRecord() || !Operation.class.isAssignableFrom(form)) {
      return members;
    }
    return members.stream()
        .map(
            member ->
                absent(form, member.getMember().getName())
                    .<BeanPropertyWriter>map(text -> new Member(member, text))
                    .orElse(member))
        .toList();
  }

  /** The text of what a member is where it was left out. */
  private static Optional<String> absent(Class<?> form, String name) {
    return Arrays.stream(form.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .flatMap(LeftOut::absent);
  }

  private static Optional<String> absent(RecordComponent component) {
    return component.getType() == boolean.class
        ? Optional.of("false")
        : Optional.ofNullable(component.getAnnotation(Defaulted.class)).map(Defaulted::value);
  }

  private static final class Member extends BeanPropertyWriter {
    private static final long serialVersionUID = 1L;

    private final String absent;

    Member(BeanPropertyWriter member, String absent) {
      super(member);
      this.absent = absent;
    }

    @Override
    public void serializeAsProperty(Object bean, JsonGenerator out, SerializationContext context)
        throws Exception {
      if (!absent.equals(String.valueOf(get(bean)))) {
        super.serializeAsProperty(bean, out, context);
      }
    }
  }
}
