package dev.doorstep.simulator.device;

import dev.doorstep.simulator.device.ResidentCard.Sex;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes up people who cannot exist: their area codes are assigned to no place. */
final class GeneratedPerson {

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final List<String> FAMILY = List.of("测", "试", "样", "拟", "虚", "构");
  private static final List<String> GIVEN =
      List.of("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "甲", "乙", "丙", "丁");
  private static final List<String> NATIONS = List.of("01", "03", "05", "08", "11", "56", "97");

  private static final List<String> LATIN = List.of("SAMPLE", "SPECIMENIA", "TESTOPHER", "MOCK");
  private static final String ISSUER = "虚构市公安局模拟分局";

  /** A code that ISO 3166 leaves to its users. */
  private static final String NOWHERE = "XXA";

  private GeneratedPerson() {}

  static ResidentCard of(Random random) {
    boolean female = random.nextBoolean();
    LocalDate birth = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000));
    int sequence = sequence(female, random);
    String first17 = "99%04d%s%03d".formatted(random.nextInt(10_000), digits(birth), sequence);
    LocalDate from = LocalDate.of(2015, 1, 1).plusDays(random.nextInt(3_000));
    return new ResidentCard(
        pick(FAMILY, random) + pick(GIVEN, random) + pick(GIVEN, random),
        sex(female),
        pick(NATIONS, random),
        birth,
        address(random),
        first17 + checkDigit(first17),
        ISSUER,
        from,
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(from.plusYears(20)));
  }

  static ResidencePermit permit(Random random) {
    boolean female = random.nextBoolean();
    LocalDate birth = LocalDate.of(2090, 1, 1).plusDays(random.nextInt(3_000));
    String first17 =
        "8%d0000%s%03d".formatted(1 + random.nextInt(3), digits(birth), sequence(female, random));
    LocalDate from = LocalDate.of(2018, 9, 1).plusDays(random.nextInt(2_000));
    return new ResidencePermit(
        pick(FAMILY, random) + pick(GIVEN, random),
        sex(female),
        birth,
        address(random),
        first17 + checkDigit(first17),
        ISSUER,
        from,
        Optional.of(from.plusYears(5)),
        "X%08d".formatted(random.nextInt(100_000_000)),
        "%02d".formatted(1 + random.nextInt(20)));
  }

  static ForeignerCard2017 foreigner2017(Random random) {
    boolean female = random.nextBoolean();
    LocalDate from = LocalDate.of(2017, 6, 16).plusDays(random.nextInt(2_000));
    return new ForeignerCard2017(
        latinName(random),
        sex(female),
        NOWHERE + "%012d".formatted(random.nextInt(1_000_000_000)),
        NOWHERE,
        pick(FAMILY, random) + pick(GIVEN, random),
        from,
        Optional.of(from.plusYears(10)),
        LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000)),
        "9900");
  }

  static ForeignerCard2023 foreigner2023(Random random) {
    boolean female = random.nextBoolean();
    LocalDate birth = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000));
    String first17 = "999999" + digits(birth) + "%03d".formatted(sequence(female, random));
    LocalDate from = LocalDate.of(2023, 12, 1).plusDays(random.nextInt(700));
    return new ForeignerCard2023(
        pick(FAMILY, random) + pick(GIVEN, random),
        latinName(random),
        sex(female),
        birth,
        first17 + checkDigit(first17),
        from,
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(from.plusYears(10)),
        NOWHERE);
  }

  /** MOD 11-2 of ISO 7064, as GB 11643 uses it. */
  static char checkDigit(String first17) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (first17.charAt(i) - '0');
    }
    return CHECKS.charAt(sum % CHECKS.length());
  }

  private static int sequence(boolean female, Random random) {
    return 2 * random.nextInt(500) + (female ? 0 : 1);
  }

  private static Sex sex(boolean female) {
    return female ? Sex.FEMALE : Sex.MALE;
  }

  private static String digits(LocalDate date) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(date);
  }

  private static String address(Random random) {
    return "虚构市模拟区测试路%d弄%d号%d室"
        .formatted(1 + random.nextInt(999), 1 + random.nextInt(99), 101 + random.nextInt(1800));
  }

  /** Up to 43 letters: now and then longer than the first of two fields takes. */
  private static String latinName(Random random) {
    String given = pick(LATIN, random) + " " + pick(LATIN, random);
    return "INVENTED, " + given + (random.nextBoolean() ? " OF NOWHERE" : "");
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
