package dev.doorstep.agent.bench;

import dev.doorstep.protocol.Names;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * Asks over Paho, so many requests at a time, and looks at every reply: each is to come once, under
 * its request's id and correlation data, from the device that was asked.
 */
final class Asker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final Bus bus;
  private final String replies;
  private final String prefix = Names.random() + "-"; // ids of another start are other commands
  private long next;
  private final AtomicInteger strays = new AtomicInteger();
  private volatile @Nullable Round round;
  private volatile byte[] last = {};

  /**
   * A request that is repeated.
   *
   * @param topic where it goes
   * @param operation the operation
   * @param more further members of the command, each after a comma
   * @param mark what stands in each right reply
   */
  record Question(String topic, String operation, String more, String mark) {
    byte[] payload(String id) {
      return ("{\"id\":\"" + id + "\",\"operation\":\"" + operation + "\"" + more + "}")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An asker whose replies go to a topic. */
  Asker(URI broker, String replies) throws IOException {
    this.replies = replies;
    this.bus = Bus.open(broker, List.of(replies), (topic, message) -> arrived(message));
  }

  /** Asks the questions in turn, this many in all and this many at a time. */
  Sample ask(List<Question> questions, int requests, int atOnce)
      throws IOException, InterruptedException {
    Round asked = new Round(questions, requests, next);
    next += requests;
    round = asked;
    long begun = System.nanoTime();
    for (int i = 0; i < Math.min(atOnce, requests); i++) {
      asked.send();
    }
    asked.done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    long whole = System.nanoTime() - begun;
    return Sample.of(asked.nanos, whole, asked.wrong.get() + asked.missing() + strays.getAndSet(0));
  }

  /** Asks once and gives the reply. */
  String reply(Question question) throws IOException, InterruptedException {
    Sample sample = ask(List.of(question), 1, 1);
    String reply = new String(last, StandardCharsets.UTF_8);
    if (sample.wrong() > 0) {
      throw new IOException(question.operation() + " to " + question.topic() + " failed: " + reply);
    }
    return reply;
  }

  /** The id of the newest request. */
  String id() {
    return id(next - 1);
  }

  /** Sends a command and does not wait for its reply. */
  void send(Question question, String id) throws IOException {
    MqttProperties properties = new MqttProperties();
    properties.setResponseTopic(replies);
    try {
      bus.publish(question.topic(), question.payload(id), properties);
    } catch (MqttException e) {
      throw new IOException("the broker is gone", e);
    }
  }

  @Override
  public void close() {
    bus.close();
  }

  private String id(long n) {
    return prefix + n;
  }

  private void arrived(MqttMessage message) {
    Round asked = round;
    byte[] correlation = message.getProperties().getCorrelationData();
    if (asked == null || correlation == null || correlation.length != Long.BYTES) {
      return; // to something sent without waiting
    }
    asked.arrived(ByteBuffer.wrap(correlation).getLong(), message.getPayload());
  }

  /** Requests of one call of {@link #ask}. */
  private final class Round {
    private final List<Question> questions;
    private final long first;
    private final long[] sent;
    private final long[] nanos;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger open;
    private final AtomicInteger wrong = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    Round(List<Question> questions, int requests, long first) {
      this.questions = questions;
      this.first = first;
      this.sent = new long[requests];
      this.nanos = new long[requests];
      this.open = new AtomicInteger(requests);
    }

    void send() {
      int n = begun.getAndIncrement();
      if (n >= sent.length) {
        return;
      }
      Question question = questions.get(n % questions.size());
      MqttProperties properties = new MqttProperties();
      properties.setResponseTopic(replies);
      properties.setCorrelationData(ByteBuffer.allocate(Long.BYTES).putLong(first + n).array());
      byte[] payload = question.payload(id(first + n));
      try {
        sent[n] = System.nanoTime();
        bus.publish(question.topic(), payload, properties);
      } catch (MqttException e) {
        wrong.incrementAndGet();
        done.countDown();
      }
    }

    void arrived(long number, byte[] payload) {
      long now = System.nanoTime();
      long n = number - first;
      if (n < 0 || n >= nanos.length || nanos[(int) n] != 0) {
        strays.incrementAndGet();
        return;
      }
      nanos[(int) n] = now - sent[(int) n];
      send();
      Question question = questions.get((int) (n % questions.size()));
      String text = new String(payload, StandardCharsets.UTF_8);
      if (!text.contains("\"" + id(number) + "\"") || !text.contains(question.mark())) {
        wrong.incrementAndGet();
      }
      last = payload;
      if (open.decrementAndGet() == 0) {
        done.countDown();
      }
    }

    int missing() {
      return open.get();
    }
  }
}
