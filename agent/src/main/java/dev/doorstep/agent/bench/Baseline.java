package dev.doorstep.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Baseline B: an echo over Paho that makes the same device exchanges itself and answers with the
 * bytes that the agent answered with, under the request's own id. Alone it works on the client's
 * thread, without any hand-over; of many requests those to each device have a thread of their own.
 */
final class Baseline implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, Desk> desks = new LinkedHashMap<>();
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final Bus bus;
  private volatile boolean threads;

  private record Desk(DirectReader reader, ExecutorService thread) {}

  /** Answers for devices on these ports below {@code bench/b/{device}/}. */
  Baseline(URI broker, Map<String, Integer> ports) throws IOException {
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      DirectReader reader = new DirectReader(port.getValue());
      parts.push(reader);
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread made = new Thread(work, "doorstep-bench-" + port.getKey());
                made.setDaemon(true);
                return made;
              });
      parts.push(thread::shutdownNow);
      desks.put(port.getKey(), new Desk(reader, thread));
    }
    bus = Bus.open(broker, List.of("bench/b/+/+"), this::arrived);
    parts.push(bus);
  }

  /** What to answer to an operation of a device: the agent's reply, and the id in it. */
  void answer(String device, String operation, String reply, String id) {
    replies.put(device + "/" + operation, reply.replace("\"" + id + "\"", "\"%\""));
  }

  /** The topic of a device's operation. */
  static String topic(String device, String operation) {
    return "bench/b/" + device + "/" + operation.replace('.', '-');
  }

  /** From now on with a thread for each device, or without. */
  void threads(boolean each) {
    threads = each;
  }

  private void arrived(String topic, MqttMessage request) {
    String[] levels = topic.split("/");
    Desk desk = desks.get(levels[2]);
    if (desk == null || levels[3].equals("echo")) {
      reply(request, request.getPayload());
    } else if (threads) {
      desk.thread().execute(() -> carryOut(desk, levels[2], levels[3], request));
    } else {
      carryOut(desk, levels[2], levels[3], request);
    }
  }

  private void carryOut(Desk desk, String device, String operation, MqttMessage request) {
    try {
      if (operation.equals("id-card-read")) {
        desk.reader().card();
      } else {
        desk.reader().status();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = new String(request.getPayload(), StandardCharsets.UTF_8);
    String id = text.substring(7, text.indexOf('"', 7)); // {"id":"…
    String reply = replies.getOrDefault(device + "/" + operation, "");
    int place = reply.indexOf('%');
    reply(
        request,
        (reply.substring(0, place) + id + reply.substring(place + 1))
            .getBytes(StandardCharsets.UTF_8));
  }

  private void reply(MqttMessage request, byte[] payload) {
    MqttProperties properties = new MqttProperties();
    properties.setCorrelationData(request.getProperties().getCorrelationData());
    try {
      bus.publish(request.getProperties().getResponseTopic(), payload, properties);
    } catch (MqttException e) {
      throw new UncheckedIOException(new IOException("the broker is gone", e));
    }
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable part : parts) {
      Parts.close(part);
    }
    for (Desk desk : desks.values()) {
      Parts.await(desk.thread());
    }
  }
}
