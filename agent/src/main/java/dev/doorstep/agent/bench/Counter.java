package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import dev.doorstep.simulator.device.EscPosPrinter;
import dev.doorstep.simulator.device.HeldPort;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.Resident;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.TcpWire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A point's simulated devices, the configuration that names them, and twins for the baseline. */
final class Counter implements AutoCloseable {
  private final String point = "bench-" + Names.random().substring(0, 8);
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, ResidentCard> cards = new LinkedHashMap<>();
  private final Map<String, Integer> twins = new LinkedHashMap<>();
  private final Map<String, EchoBox> boxes = new LinkedHashMap<>();
  private final StringBuilder devices = new StringBuilder();
  private int count;
  private int screenPort;

  private Counter() {}

  /** Four ID-card readers and two echo boxes. */
  static Counter ofReaders() {
    Counter counter = new Counter();
    for (int n = 1; n <= 4; n++) {
      counter.reader("reader-" + n, n);
    }
    counter.box("box-1");
    counter.box("box-2");
    return counter;
  }

  /** Six devices of five kinds: what a counter may have. */
  static Counter ofAllKinds() throws IOException {
    Counter counter = new Counter();
    counter.reader("reader-1", 1);
    counter.reader("reader-2", 2);
    counter.box("box-1");
    TcpWire printer = counter.own(TcpWire.serve(new EscPosPrinter(), 0));
    counter.device(
        "tickets", "esc-pos", "tcp:127.0.0.1:" + printer.port() + "\", model: \"epson-tm");
    MjpegCamera camera = counter.own(MjpegCamera.start(0));
    counter.device("camera", "video-camera", "mjpeg:" + camera.url());
    counter.screenPort = counter.own(HeldPort.take(0)).port();
    counter.device("pad", "web-screen", "screen:pad");
    counter.own(
        Resident.open(URI.create("http://127.0.0.1:" + counter.screenPort + "/screen/pad")));
    return counter;
  }

  /** The point's id. */
  String point() {
    return point;
  }

  /** How many devices it has. */
  int count() {
    return count;
  }

  /** The readers, and the card that lies on each. */
  Map<String, ResidentCard> cards() {
    return cards;
  }

  /** The ports of the readers' twins. */
  Map<String, Integer> twins() {
    return twins;
  }

  /** Lets a box hang, or answer again. */
  void hang(String name, boolean hangs) {
    Optional.ofNullable(boxes.get(name)).orElseThrow().hang(hangs);
  }

  /** The requests that read a card, of each reader. */
  List<Asker.Question> cardReadings() {
    return cards.entrySet().stream()
        .map(e -> cardReading(e.getKey(), command(e.getKey())))
        .toList();
  }

  /** The request that reads a reader's card, to a topic. */
  Asker.Question cardReading(String reader, String topic) {
    return new Asker.Question(
        topic,
        "id-card.read",
        ",\"parameters\":{\"wait\":\"PT5S\"},\"timeout\":\"PT10S\"",
        Optional.ofNullable(cards.get(reader)).orElseThrow().number());
  }

  /** The request that asks how a device is, to a topic. */
  static Asker.Question status(String topic) {
    return new Asker.Question(topic, "device.status", "", "\"succeeded\"");
  }

  /** The topic of a device's commands. */
  String command(String device) {
    return "doorstep/v1/" + point + "/command/" + device;
  }

  /** The topic of a client's replies. */
  String replies(String client) {
    return "doorstep/v1/" + point + "/reply/" + client;
  }

  /** Writes the configuration of this counter. */
  Path configure(Path folder, URI broker) throws IOException {
    return Files.writeString(
        folder.resolve("doorstep.yaml"),
        """
        point: {id: %s, name: bench}
        mqtt: {url: "%s"}
        local: {port: 0}
        screen: {port: %d}
        devices:
        %s"""
            .formatted(point, broker, screenPort, devices));
  }

  @Override
  public void close() {
    parts.forEach(Parts::close);
  }

  private void reader(String name, int seed) {
    ResidentCard card = ResidentCard.generated(seed);
    cards.put(name, card);
    TcpWire wire = own(TcpWire.serve(new FreshCards(card), 0));
    twins.put(name, own(TcpWire.serve(new FreshCards(card), 0)).port());
    device(name, "sam-id-card", "tcp:127.0.0.1:" + wire.port());
  }

  private void box(String name) {
    EchoBox box = new EchoBox();
    boxes.put(name, box);
    device(name, "echo", "tcp:127.0.0.1:" + own(TcpWire.serve(box, 0)).port());
  }

  private void device(String name, String driver, String connection) {
    count++;
    devices.append(
        "  - {id: %s, driver: %s, connection: \"%s\"}\n".formatted(name, driver, connection));
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }
}
