package dev.doorstep.driver.ippprinter;

import com.hp.jipp.encoding.Attribute;
import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.DelimiterTag;
import com.hp.jipp.encoding.Enum;
import com.hp.jipp.encoding.Resolution;
import com.hp.jipp.encoding.ResolutionUnit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kotlin.ranges.IntRange;

/**
 * The attributes of a group of an answer, as what they are asked for: a printer that sends another
 * kind of value is taken to have sent none.
 */
record Attributes(List<AttributeGroup> groups, DelimiterTag tag) {
  /** No text of a printer is longer than this (RFC 8011, text); more is cut off. */
  private static final int LONGEST_TEXT = 1023;

  /** All texts of an attribute: keywords, names, addresses. */
  List<String> texts(String name) {
    return values(name)
        .map(value -> value instanceof byte[] bytes ? latin(bytes) : text(value))
        .map(text -> text.substring(0, Math.min(LONGEST_TEXT, text.length())))
        .toList();
  }

  /** The only text of an attribute, or the first; empty if there is none or it is blank. */
  Optional<String> text(String name) {
    return texts(name).stream().findFirst().filter(text -> !text.isBlank());
  }

  /** All numbers of an attribute; enums are numbers, too. */
  List<Integer> numbers(String name) {
    return values(name)
        .flatMap(
            value ->
                value instanceof Integer number
                    ? Stream.of(number)
                    : value instanceof Enum named ? Stream.of(named.getCode()) : Stream.empty())
        .toList();
  }

  /** The only number of an attribute. */
  OptionalInt number(String name) {
    return numbers(name).stream().mapToInt(Integer::intValue).findFirst();
  }

  /** Whether an attribute is there and true. */
  boolean isTrue(String name) {
    return values(name).anyMatch(Boolean.TRUE::equals);
  }

  /** Whether an attribute is there and false. */
  boolean isFalse(String name) {
    return values(name).anyMatch(Boolean.FALSE::equals);
  }

  /** Whether a number is in one of the ranges of an attribute. */
  boolean contains(String name, int number) {
    return values(name)
        .anyMatch(
            value ->
                value instanceof IntRange range
                    ? range.contains(number)
                    : value instanceof Integer one && one == number);
  }

  /** The resolutions of an attribute that are the same in both directions, in dots per inch. */
  List<Integer> resolutions(String name) {
    return values(name)
        .flatMap(value -> value instanceof Resolution r ? Stream.of(r) : Stream.empty())
        .filter(r -> r.getX() == r.getY() && ResolutionUnit.dotsPerInch.equals(r.getUnit()))
        .map(Resolution::getX)
        .toList();
  }

  private Stream<Object> values(String name) {
    return groups.stream()
        .filter(group -> group.getTag().equals(tag))
        .limit(1) // a second one would be of another job
        .flatMap(group -> Optional.<Attribute<?>>ofNullable(group.get(name)).stream())
        .flatMap(Attribute<?>::stream)
        .map(Object.class::cast);
  }

  private static String text(Object value) {
    if (value instanceof com.hp.jipp.encoding.Name name) {
      return name.getValue();
    }
    if (value instanceof com.hp.jipp.encoding.Text text) {
      return text.getValue();
    }
    if (value instanceof com.hp.jipp.encoding.OtherString other) {
      return other.getValue();
    }
    return String.valueOf(value);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
