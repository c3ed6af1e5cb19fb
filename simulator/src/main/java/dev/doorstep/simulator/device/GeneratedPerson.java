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

  private GeneratedPerson() {}

  static ResidentCard of(Random random) {
    boolean female = random.nextBoolean();
    LocalDate birth = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000));
    int sequence = 2 * random.nextInt(500) + (female ? 0 : 1);
    String first17 =
        "99%04d%s%03d"
            .formatted(
                random.nextInt(10_000), DateTimeFormatter.BASIC_ISO_DATE.format(birth), sequence);
    LocalDate from = LocalDate.of(2015, 1, 1).plusDays(random.nextInt(3_000));
    return new ResidentCard(
        pick(FAMILY, random) + pick(GIVEN, random) + pick(GIVEN, random),
        female ? Sex.FEMALE : Sex.MALE,
        pick(NATIONS, random),
        birth,
        "虚构市模拟区测试路%d弄%d号%d室"
            .formatted(1 + random.nextInt(999), 1 + random.nextInt(99), 101 + random.nextInt(1800)),
        first17 + checkDigit(first17),
        "虚构市公安局模拟分局",
        from,
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(from.plusYears(20)));
  }

  /** MOD 11-2 of ISO 7064, as GB 11643 uses it. */
  static char checkDigit(String first17) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (first17.charAt(i) - '0');
    }
    return CHECKS.charAt(sum % CHECKS.length());
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
