package dev.doorstep.driver.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives orders to the USB bus that {@code usb_bus.py} plays, from a program that runs on it. */
final class UsbBus implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final Socket socket;
  private final BufferedReader answers;
  private final Writer orders;
  private int device = 1;

  UsbBus() throws IOException {
    int port = Integer.parseInt(Objects.requireNonNull(System.getenv("USB_BUS")));
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    orders = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** Plugs a device in; its number on the bus is a new one each time. */
  void plug(String name, Kind kind, String serial, int port) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("do", "plug");
    order.put("name", name);
    order.put("device", ++device);
    order.put("vendor", kind.vendor());
    order.put("product", kind.product());
    order.put("serial", serial);
    order.put("class", kind.usbClass());
    order.put("interface", 0);
    order.put("endpoints", kind.endpoints());
    order.put("port", port);
    give(order);
  }

  void unplug(String name) {
    give(Map.of("do", "unplug", "name", name));
  }

  /** Changes how a device behaves. */
  void set(String name, String what, Object value) {
    give(Map.of("do", "set", "name", name, what, value));
  }

  JsonNode state(String name) {
    return give(Map.of("do", "state", "name", name));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private synchronized JsonNode give(Map<String, Object> order) {
    try {
      orders.write(JSON.writeValueAsString(order) + "\n");
      orders.flush();
      JsonNode answer = JSON.readTree(Objects.requireNonNull(answers.readLine()));
      if (answer.has("error")) {
        throw new IllegalStateException(order + ": " + answer.path("error").asString());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a device is, and its bulk endpoints: pairs of out and in. */
  record Kind(String vendor, String product, int usbClass, List<List<Integer>> endpoints) {
    static final Kind TWO_PAIRS =
        new Kind("0400", "c35a", 255, List.of(List.of(0x02, 0x81), List.of(0x06, 0x85)));
    static final Kind ONE_PAIR = new Kind("0316", "5020", 255, List.of(List.of(0x01, 0x82)));
    static final Kind PRINTER = new Kind("04b8", "0202", 7, List.of(List.of(0x01, 0x82)));

    /** Has no endpoints, and nothing behind it. */
    static final Kind HUB = new Kind("1d6b", "0002", 9, List.of());

    String connection() {
      return "usb:" + vendor + ":" + product;
    }
  }
}
