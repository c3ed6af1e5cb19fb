package dev.doorstep.simulator;

import dev.doorstep.simulator.device.CameraFault;
import dev.doorstep.simulator.device.Fault;
import dev.doorstep.simulator.device.Paper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Something that can go wrong at a virtual counter.
 *
 * @param device the device's name
 * @param fault the fault's name
 * @param effect what happens to the counter
 */
record CounterFault(String device, String fault, Consumer<VirtualCounter> effect) {

  private static final List<CounterFault> ALL =
      List.of(
          new CounterFault("reader", "no-card", c -> c.reader().lift()),
          new CounterFault("reader", "noise", c -> c.readerLine().fault(Fault.endlessNoise())),
          new CounterFault("reader", "cut", c -> c.readerLine().fault(Fault.cut(9))),
          new CounterFault(
              "reader", "bad-checksum", c -> c.readerLine().fault(Fault.badChecksum())),
          new CounterFault(
              "reader", "long-length", c -> c.readerLine().fault(Fault.announcedLength(0xFFFF))),
          new CounterFault("reader", "silent", c -> c.readerLine().fault(Fault.silence())),
          new CounterFault("reader", "gone", c -> c.readerCable().stop()),
          new CounterFault("printer", "paper-out", c -> c.printer().paper(Paper.END)),
          new CounterFault("printer", "cover-open", c -> c.printer().coverOpen(true)),
          new CounterFault("printer", "cutter", c -> c.printer().cutterError(true)),
          new CounterFault("printer", "silent", c -> c.printerLine().fault(Fault.silence())),
          new CounterFault("printer", "gone", c -> c.printerCable().stop()),
          new CounterFault("camera", "silent", c -> c.camera().fault(CameraFault.SILENT)),
          new CounterFault("camera", "endless", c -> c.camera().fault(CameraFault.ENDLESS)),
          new CounterFault(
              "camera", "not-a-picture", c -> c.camera().fault(CameraFault.NOT_A_PICTURE)),
          new CounterFault("camera", "cut", c -> c.camera().fault(CameraFault.CUT)),
          new CounterFault("camera", "gone", c -> c.camera().fault(CameraFault.GONE)),
          new CounterFault("pad", "decline", c -> c.seated().willDecline()),
          new CounterFault("pad", "no-answer", c -> c.seated().willStayAway()),
          new CounterFault("pad", "gone", VirtualCounter::leave),
          new CounterFault("keypad", "decline", c -> c.keypad().willPress("DECLINED")),
          new CounterFault("keypad", "no-answer", c -> c.keypad().willStayAway()),
          new CounterFault(
              "keypad", "bad-checksum", c -> c.keypadLine().fault(Fault.badChecksum())),
          new CounterFault("keypad", "silent", c -> c.keypadLine().fault(Fault.silence())),
          new CounterFault("keypad", "gone", c -> c.keypadCable().stop()));

  static CounterFault of(String device, String fault) {
    return ALL.stream()
        .filter(f -> f.device.equals(device) && f.fault.equals(fault))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("no fault " + device + ":" + fault + "; " + known()));
  }

  static Map<String, List<String>> table() {
    Map<String, List<String>> table =
        ALL.stream()
            .collect(
                Collectors.groupingBy(
                    f -> f.device,
                    LinkedHashMap::new,
                    Collectors.mapping(f -> f.fault, Collectors.toUnmodifiableList())));
    return Collections.unmodifiableMap(table);
  }

  void happenTo(VirtualCounter counter) {
    if (!device.equals("pad")) {
      mend(device, counter);
    }
    effect.accept(counter);
  }

  /** A card that was lifted stays lifted: placing one is for the resident. */
  static void mend(String device, VirtualCounter counter) {
    switch (device) {
      case "reader" -> {
        counter.readerLine().clear();
        counter.readerCable().start();
      }
      case "printer" -> {
        counter.printerLine().clear();
        counter.printerCable().start();
        counter.printer().cutterError(false);
        counter.printer().coverOpen(false);
        counter.printer().paper(Paper.OK);
      }
      case "camera" -> counter.camera().clear();
      case "pad" -> counter.comeBack();
      case "keypad" -> {
        counter.keypadLine().clear();
        counter.keypadCable().start();
        counter.keypad().willPress("SATISFIED");
      }
      default -> throw new IllegalArgumentException("no device " + device + "; " + known());
    }
  }

  private static String known() {
    return "known: "
        + table().entrySet().stream()
            .map(e -> e.getKey() + ":" + String.join("|", e.getValue()))
            .collect(Collectors.joining(", "));
  }
}
