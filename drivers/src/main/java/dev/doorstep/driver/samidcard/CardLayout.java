package dev.doorstep.driver.samidcard;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.samidcard.CardText.Span;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the fields of each kind of card are, in bytes: offset, length. What a result has no member
 * for (times renewed, version, link to an old number) is left out.
 */
final class CardLayout {
  private enum Field {
    NAME,
    ENGLISH_NAME,
    ENGLISH_NAME_REST,
    SEX,
    NATION,
    BIRTH_DATE,
    ADDRESS,
    NUMBER,
    ISSUER,
    PASS_NUMBER,
    TIMES_ISSUED,
    NATIONALITY
  }

  /** 居民身份证. */
  private static final CardLayout RESIDENT =
      new CardLayout(
          ' ',
          IdCard.Type.RESIDENT,
          fields()
              .at(Field.NAME, 0, 30)
              .at(Field.SEX, 30, 2)
              .at(Field.NATION, 32, 4)
              .at(Field.BIRTH_DATE, 36, 16)
              .at(Field.ADDRESS, 52, 70)
              .at(Field.NUMBER, 122, 36)
              .at(Field.ISSUER, 158, 30));

  /** 港澳台居民居住证. */
  private static final CardLayout HMT_RESIDENCE =
      new CardLayout(
          'J',
          IdCard.Type.HMT_RESIDENCE,
          fields()
              .at(Field.NAME, 0, 30)
              .at(Field.SEX, 30, 2)
              .at(Field.BIRTH_DATE, 36, 16)
              .at(Field.ADDRESS, 52, 70)
              .at(Field.NUMBER, 122, 36)
              .at(Field.ISSUER, 158, 30)
              .at(Field.PASS_NUMBER, 220, 18)
              .at(Field.TIMES_ISSUED, 238, 4));

  /** 外国人永久居留身份证 of 2017; its number of 15 characters has no check digit of GB 11643. */
  private static final CardLayout FOREIGNER_2017 =
      new CardLayout(
          'I',
          IdCard.Type.FOREIGNER_2017,
          fields()
              .at(Field.ENGLISH_NAME, 0, 120)
              .at(Field.SEX, 120, 2)
              .at(Field.NUMBER, 122, 30)
              .at(Field.NATIONALITY, 152, 6)
              .at(Field.NAME, 158, 30)
              .at(Field.BIRTH_DATE, 220, 16)
              .at(Field.ISSUER, 240, 8));

  /** 外国人永久居留身份证 of 2023. */
  private static final CardLayout FOREIGNER_2023 =
      new CardLayout(
          'Y',
          IdCard.Type.FOREIGNER_2023,
          fields()
              .at(Field.NAME, 0, 30)
              .at(Field.SEX, 30, 2)
              .at(Field.BIRTH_DATE, 36, 16)
              .at(Field.ENGLISH_NAME, 52, 70)
              .at(Field.ENGLISH_NAME_REST, 220, 22)
              .at(Field.NUMBER, 122, 36)
              .at(Field.NATIONALITY, 242, 6));

  private static final List<CardLayout> ALL =
      List.of(RESIDENT, HMT_RESIDENCE, FOREIGNER_2017, FOREIGNER_2023);

  /** The same on every kind. */
  private static final Span VALID_FROM = new Span(188, 16);

  private static final Span VALID_UNTIL = new Span(204, 16);

  private final char flag;
  private final IdCard.Type type;
  private final Map<Field, Span> spans;

  private CardLayout(char flag, IdCard.Type type, Fields fields) {
    this.flag = flag;
    this.type = type;
    this.spans = fields.spans;
  }

  /**
   * The card that a text tells of.
   *
   * @param bytes {@link CardText#LENGTH} bytes
   * @throws DeviceException {@code UNSUPPORTED} if its kind is not known
   */
  static IdCard card(byte[] bytes, Optional<Content> photo) throws DeviceException {
    CardText text = new CardText(bytes);
    for (CardLayout layout : ALL) {
      if (layout.flag == text.typeFlag()) {
        return layout.card(text, photo);
      }
    }
    throw new DeviceException(
        ErrorCode.UNSUPPORTED, "a card with the type flag U+%04X".formatted((int) text.typeFlag()));
  }

  private IdCard card(CardText text, Optional<Content> photo) {
    Optional<String> number = in(text, Field.NUMBER);
    return new IdCard(
        OpenEnum.of(type),
        in(text, Field.NAME),
        englishName(text),
        in(text, Field.SEX).flatMap(CardText::sex),
        in(text, Field.NATION).map(IdCard.Nation::of),
        in(text, Field.BIRTH_DATE).flatMap(CardText::date),
        in(text, Field.ADDRESS),
        number,
        type == IdCard.Type.FOREIGNER_2017 ? Optional.empty() : number.map(CheckDigit::holds),
        in(text, Field.ISSUER),
        text.in(VALID_FROM).flatMap(CardText::date),
        text.in(VALID_UNTIL).flatMap(CardText::end),
        in(text, Field.PASS_NUMBER),
        in(text, Field.TIMES_ISSUED),
        in(text, Field.NATIONALITY),
        photo,
        Optional.empty(),
        Optional.empty());
  }

  private Optional<String> englishName(CardText text) {
    Span first = spans.get(Field.ENGLISH_NAME);
    Span rest = spans.get(Field.ENGLISH_NAME_REST);
    return first == null || rest == null
        ? in(text, Field.ENGLISH_NAME)
        : text.in(first, rest); // joined before spaces are stripped: one may stand at the seam
  }

  private Optional<String> in(CardText text, Field field) {
    return Optional.ofNullable(spans.get(field)).flatMap(text::in);
  }

  private static Fields fields() {
    return new Fields();
  }

  private static final class Fields {
    private final Map<Field, Span> spans = new EnumMap<>(Field.class);

    Fields at(Field field, int offset, int length) {
      spans.put(field, new Span(offset, length));
      return this;
    }
  }
}
