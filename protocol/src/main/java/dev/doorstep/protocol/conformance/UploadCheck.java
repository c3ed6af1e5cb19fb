package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A document that goes up in pieces, and is let go of again. */
final class UploadCheck implements Check {
  private static final int PIECE = 32 * 1024;
  private static final int PIECES = 3;
  private static final int SIZE = 2 * PIECE + 5000;
  private static final Duration EXPIRY = Duration.ofMinutes(1);

  @Override
  public Set<Rule> rules() {
    return EnumSet.of(Rule.R42, Rule.R43, Rule.R44);
  }

  @Override
  public void run(Trial trial) throws IOException {
    if (trial.first().largestPacket() < PIECE + Content.SMALLEST_PIECE) {
      trial.ledger().skip(Reason.BROKER_LIMIT, rules().toArray(Rule[]::new));
      return;
    }
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    String blob = Names.random();
    trial.expect(Rule.R43, received(trial, blob, bytes), "missing", "[0,1,2]");
    for (int n : List.of(2, 0, 2)) {
      send(trial, blob, bytes, n);
    }
    Exchange part = received(trial, blob, bytes);
    trial.expect(Rule.R43, part, "complete", "false");
    trial.expect(Rule.R43, part, "missing", "[1]");
    send(trial, blob, bytes, 1);
    trial.expect(Rule.R44, received(trial, blob, bytes), "complete", "true");
    for (String was : List.of("true", "false")) {
      Draft release =
          Draft.of(Subject.AGENT, "agent.release").parameters("{'blob':'" + blob + "'}");
      trial.expect(Rule.R42, trial.call(release), "released", was);
    }
  }

  private static Exchange received(Trial trial, String blob, byte[] bytes) throws IOException {
    String document =
        "{'contentType':'application/octet-stream','blob':{'id':'%s','size':%d,'sha256':'%s','pieces':%d}}"
            .formatted(blob, SIZE, Document.sha256(bytes), PIECES);
    return trial.call(
        Draft.of(Subject.AGENT, "agent.received").parameters("{'document':" + document + "}"));
  }

  private static void send(Trial trial, String blob, byte[] bytes, int n) throws IOException {
    byte[] piece = Arrays.copyOfRange(bytes, n * PIECE, Math.min(SIZE, (n + 1) * PIECE));
    String topic = trial.subject().topics().upload(trial.first().name(), blob, n);
    trial
        .first()
        .publish(Message.of(topic, piece).withHeaders(Message.Headers.NONE.withExpiry(EXPIRY)));
  }
}
