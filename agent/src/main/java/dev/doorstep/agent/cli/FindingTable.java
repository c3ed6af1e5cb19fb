package dev.doorstep.agent.cli;

import dev.doorstep.protocol.conformance.Finding;
import dev.doorstep.protocol.conformance.Verdict;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings for people, on a terminal of 96 columns; a Chinese character takes two of them. */
final class FindingTable {
  private static final int WIDTH = 96;
  private static final int NUMBER = 5;
  private static final int VERDICT = 13;

  private final Locale locale;

  FindingTable(Locale locale) {
    this.locale = locale;
  }

  /** A line or more for each finding, and one with the sums. */
  List<String> lines(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      List<String> texts = new ArrayList<>(wrapped(finding.rule().text(locale)));
      finding.expected().ifPresent(it -> texts.addAll(told("conform.expected", it)));
      finding.came().ifPresent(it -> texts.addAll(told("conform.came", it)));
      finding.reason().ifPresent(it -> texts.addAll(wrapped(it.text(locale))));
      String head =
          padded(finding.rule().name(), NUMBER) + padded(finding.verdict().text(locale), VERDICT);
      for (String text : texts) {
        lines.add(head + text);
        head = " ".repeat(NUMBER + VERDICT);
      }
    }
    lines.add(
        Texts.text(
            "conform.total",
            findings.size(),
            count(findings, Verdict.HOLDS),
            count(findings, Verdict.BROKEN),
            count(findings, Verdict.NOT_CHECKED)));
    return lines;
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  private static List<String> told(String key, String what) {
    return wrapped(Texts.text(key, what));
  }

  private static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(1, columns - columns(text)));
  }

  /** Breaks at spaces and beside Chinese characters. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    int room = WIDTH - NUMBER - VERDICT;
    String rest = text;
    while (columns(rest) > room) {
      int end = fitting(rest, room);
      int at = end;
      while (at > 0 && !breaks(rest, at)) {
        at--;
      }
      at = at == 0 ? end : at;
      lines.add(rest.substring(0, at).stripTrailing());
      rest = rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int fitting(String text, int room) {
    int end = 0;
    while (columns(text.substring(0, end + 1)) <= room) {
      end++;
    }
    return end;
  }

  /** Whether a line may end before a character; no line begins with a full stop or a comma. */
  private static boolean breaks(String text, int at) {
    char next = text.charAt(at);
    boolean mark = "，。、；：）".indexOf(next) >= 0;
    return next == ' ' || text.charAt(at - 1) == ' ' || (isWide(next) && !mark);
  }

  private static int columns(String text) {
    return text.chars().map(c -> isWide((char) c) ? 2 : 1).sum();
  }

  private static boolean isWide(char c) {
    return UnicodeScript.of(c) == UnicodeScript.HAN || (c >= 0x3000 && c < 0x3040) || c >= 0xFF00;
  }
}
