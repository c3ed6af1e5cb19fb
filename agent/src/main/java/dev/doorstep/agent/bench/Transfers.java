package dev.doorstep.agent.bench;

import dev.doorstep.protocol.BlobReferences;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.blob.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A large document down and up, against the same bytes as plain messages. */
final class Transfers {
  private static final int PIECE = Content.LARGEST_PIECE;
  private static final String CLIENT = "pieces";

  private final Place place;
  private final byte[] document;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  Transfers(Place place) {
    this.place = place;
    this.document = new byte[place.size().document()];
    new Random(64).nextBytes(document);
  }

  List<Figure> measure() throws IOException, InterruptedException {
    try (Counter counter = Counter.ofReaders();
        RunningAgent agent =
            RunningAgent.start(place.folder(), place.broker(), counter, List.of());
        Bus bus = Bus.open(place.broker(), List.of("bench/none"), (topic, message) -> {});
        CountingEcho echo = new CountingEcho();
        PieceReceiver receiver =
            new PieceReceiver(
                place.broker(),
                List.of(
                    counter.replies(CLIENT),
                    "doorstep/v1/" + counter.point() + "/blob/" + CLIENT + "/+/+",
                    "bench/raw/+"))) {
      for (int run = 0; run <= place.size().runs(); run++) {
        place.progress().accept(run == 0 ? "warm-up" : "run " + run);
        boolean counts = run > 0;
        note(counts, "whole", whole(receiver));
        note(counts, "pieces", pieces(bus, receiver));
        note(counts, "down", down(counter, bus, receiver));
        note(counts, "up.raw", upRaw(bus, echo, receiver));
        note(counts, "up", up(counter, bus, receiver));
      }
      place.progress().accept("memory " + agent.memory("VmHWM"));
    }
    return List.of(
        Figure.beside("down.pieces", "MB/s", of("down"), of("pieces")).atLeast(0.9),
        Figure.beside("down.whole", "MB/s", of("down"), of("whole")),
        Figure.beside("up.pieces", "MB/s", of("up"), of("up.raw")));
  }

  /** One raw publish. */
  private double whole(PieceReceiver receiver) throws IOException {
    long begun = System.nanoTime();
    receiver.publish("bench/raw/whole", document);
    return rate(begun, receiver.next().length());
  }

  /** Raw pieces, sixteen under way. */
  private double pieces(Bus bus, PieceReceiver receiver) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    CompletableFuture<Void> sent = send(bus, "bench/raw/");
    double rate = rate(begun, receiveAll(receiver));
    await(sent);
    return rate;
  }

  /** From the reply to the last piece: until then the device makes the document. */
  private double down(Counter counter, Bus bus, PieceReceiver receiver) throws IOException {
    String size = "\"size\":" + document.length + ",\"seed\":1";
    ask(counter, bus, "box-1", "x-echo.document", size);
    Reply reply = reply(receiver);
    long begun = System.nanoTime();
    Content.Blob blob = reply.result().map(BlobReferences::in).orElse(List.of()).get(0);
    double rate = rate(begun, receiveAll(receiver));
    ask(counter, bus, "agent", "agent.release", "\"blob\":\"" + blob.id() + "\"");
    reply(receiver);
    return rate;
  }

  /** From the first piece until the agent says that it has all, and that they are right. */
  private double up(Counter counter, Bus bus, PieceReceiver receiver)
      throws IOException, InterruptedException {
    String id = Names.random();
    String blob =
        "\"document\":{\"contentType\":\"application/octet-stream\",\"blob\":{\"id\":\"%s\",\"size\":%d,\"sha256\":\"%s\",\"pieces\":%d}}"
            .formatted(id, document.length, Digests.sha256(document), count());
    long begun = System.nanoTime();
    await(send(bus, "doorstep/v1/" + counter.point() + "/upload/" + CLIENT + "/" + id + "/"));
    ask(counter, bus, "agent", "agent.received", blob);
    boolean complete =
        reply(receiver).result().map(r -> r.path("complete").asBoolean(false)).orElse(false);
    double rate = rate(begun, document.length);
    if (!complete) {
      throw new IOException("the agent did not get all pieces");
    }
    ask(counter, bus, "agent", "agent.release", "\"blob\":\"" + id + "\"");
    reply(receiver);
    return rate;
  }

  /** From the first piece until a plain Paho client says that it has all. */
  private double upRaw(Bus bus, CountingEcho echo, PieceReceiver receiver)
      throws IOException, InterruptedException {
    echo.expect(count());
    long begun = System.nanoTime();
    await(send(bus, "bench/up/"));
    receiver.next();
    return rate(begun, document.length);
  }

  private CompletableFuture<Void> send(Bus bus, String topic) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            for (int n = 0; n < count(); n++) {
              int from = n * PIECE;
              int to = Math.min(document.length, from + PIECE);
              bus.publishInWindow(topic + n, Arrays.copyOfRange(document, from, to));
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void await(CompletableFuture<Void> sent) throws IOException, InterruptedException {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IOException("sending failed", e);
    }
  }

  private int receiveAll(PieceReceiver receiver) throws IOException {
    int received = 0;
    while (received < document.length) {
      received += receiver.next().length();
    }
    return received;
  }

  private static void ask(
      Counter counter, Bus bus, String device, String operation, String parameters)
      throws IOException {
    String command =
        "{\"id\":\"%s\",\"operation\":\"%s\",\"parameters\":{%s}}"
            .formatted(Names.random(), operation, parameters);
    publish(
        bus,
        counter.command(device),
        command.getBytes(StandardCharsets.UTF_8),
        counter.replies(CLIENT));
  }

  private static Reply reply(PieceReceiver receiver) throws IOException {
    byte[] payload = receiver.next().payload();
    try {
      Reply reply = Codec.read(Reply.class, payload);
      if (!reply.state().is(State.SUCCEEDED)) {
        throw new IOException("a command did not succeed: " + reply);
      }
      return reply;
    } catch (InvalidMessageException e) {
      throw new IOException("not a reply: " + payload.length + " bytes", e);
    }
  }

  private static void publish(Bus bus, String topic, byte[] payload, String replies)
      throws IOException {
    MqttProperties properties = new MqttProperties();
    if (!replies.isEmpty()) {
      properties.setResponseTopic(replies);
    }
    try {
      bus.publish(topic, payload, properties);
    } catch (MqttException e) {
      throw new IOException("the broker is gone", e);
    }
  }

  private int count() {
    return (document.length + PIECE - 1) / PIECE;
  }

  private void note(boolean counts, String name, double rate) {
    if (counts) {
      rates.computeIfAbsent(name, n -> new ArrayList<>()).add(rate);
    }
  }

  private double of(String name) {
    return Sample.median(
        rates.getOrDefault(name, List.of()).stream().mapToDouble(rate -> rate).toArray());
  }

  private static double rate(long begun, int bytes) {
    return bytes * 1e3 / (System.nanoTime() - begun);
  }

  /** A plain Paho client that says when it has got all pieces. */
  private final class CountingEcho implements AutoCloseable {
    private final AtomicInteger missing = new AtomicInteger();
    private final Bus bus;

    CountingEcho() throws IOException {
      bus = Bus.open(place.broker(), List.of("bench/up/+"), (topic, message) -> arrived());
    }

    void expect(int pieces) {
      missing.set(pieces);
    }

    private void arrived() {
      if (missing.decrementAndGet() == 0) {
        try {
          bus.publish("bench/raw/done", new byte[1], new MqttProperties());
        } catch (MqttException e) {
          throw new IllegalStateException("the broker is gone", e);
        }
      }
    }

    @Override
    public void close() {
      bus.close();
    }
  }
}
