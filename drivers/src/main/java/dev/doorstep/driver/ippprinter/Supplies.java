package dev.doorstep.driver.ippprinter;

import dev.doorstep.protocol.DeviceStatus.Supply;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a printer uses up: its paper by its reasons, its toner or ink by the attributes {@code
 * marker-…} of CUPS and many printers, or by {@code printer-supply} of PWG 5100.13.
 */
final class Supplies {
  /** Attributes to ask for. */
  static final List<String> NAMES =
      List.of(
          "marker-names",
          "marker-types",
          "marker-levels",
          "marker-low-levels",
          "printer-supply",
          "printer-supply-description");

  /** Where the printer does not say what is low, in percent. */
  private static final int LOW = 10;

  private static final int MOST = 32;
  private static final int LONGEST_NAME = 64;

  private Supplies() {}

  /** Reads them; what a printer cannot tell the level of is left out. */
  static List<Supply> of(Attributes printer, List<String> reasons) {
    List<Supply> supplies = new ArrayList<>();
    boolean empty =
        Obstacle.worst(reasons, true).filter(o -> o.code() == ErrorCode.OUT_OF_PAPER).isPresent();
    supplies.add(
        new Supply(
            "paper",
            OpenEnum.of(
                empty
                    ? Supply.Level.EMPTY
                    : Obstacle.isPaperLow(reasons) ? Supply.Level.LOW : Supply.Level.OK)));
    if (printer.numbers("marker-levels").isEmpty()) {
      addSupplies(printer, supplies);
    } else {
      addMarkers(printer, supplies);
    }
    return supplies;
  }

  private static void addMarkers(Attributes printer, List<Supply> supplies) {
    List<Integer> levels = printer.numbers("marker-levels");
    List<Integer> lows = printer.numbers("marker-low-levels");
    List<String> names = printer.texts("marker-names");
    List<String> types = printer.texts("marker-types");
    for (int i = 0; i < Math.min(MOST, Math.min(levels.size(), names.size())); i++) {
      boolean used = i >= types.size() || !types.get(i).startsWith("waste");
      add(supplies, names.get(i), used, levels.get(i), i < lows.size() ? lows.get(i) : LOW);
    }
  }

  private static void addSupplies(Attributes printer, List<Supply> supplies) {
    List<String> entries = printer.texts("printer-supply");
    List<String> names = printer.texts("printer-supply-description");
    for (int i = 0; i < Math.min(MOST, Math.min(entries.size(), names.size())); i++) {
      Map<String, String> entry = new HashMap<>();
      for (String pair : entries.get(i).split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          entry.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
      }
      int capacity = number(entry.get("maxcapacity"));
      int level = number(entry.get("level"));
      boolean used = !"receptacleThatIsFilled".equals(entry.get("class"));
      boolean percent = capacity > 0 && level > 0;
      add(supplies, names.get(i), used, percent ? (int) (100L * level / capacity) : level, LOW);
    }
  }

  /** A level below zero says that it is not known, or that there is some. */
  private static void add(List<Supply> supplies, String name, boolean used, int level, int low) {
    if (!used || level < 0 || name.isBlank()) {
      return;
    }
    Supply.Level told =
        level == 0 ? Supply.Level.EMPTY : level <= low ? Supply.Level.LOW : Supply.Level.OK;
    supplies.add(
        new Supply(name.substring(0, Math.min(LONGEST_NAME, name.length())), OpenEnum.of(told)));
  }

  private static int number(@org.jspecify.annotations.Nullable String text) {
    return text != null && text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
