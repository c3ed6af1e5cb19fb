package dev.doorstep.agent.journal;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Commands for tests, and calls that wait for what they are told. */
final class Entries {
  static final String DIGEST = "0123456789abcdef".repeat(4);
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final String CLIENT = "desk-7";

  private Entries() {}

  static CommandKey key(String id) {
    return new CommandKey(CLIENT, id);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Taken safe(String id) {
    return taken(id, Effect.SAFE, NOON, "{\"name\":\"nobody\"}");
  }

  static Taken physical(String id) {
    return physical(id, "print " + id);
  }

  static Taken physical(String id, String body) {
    return taken(id, Effect.PHYSICAL, NOON, body);
  }

  static Taken taken(String id, Effect effect, Instant arrived, String body) {
    return new Taken(
        key(id),
        DIGEST,
        "tickets",
        "ticket.print",
        effect,
        arrived,
        arrived.plusSeconds(60),
        Optional.of(bytes(body)),
        Optional.of(address("first-" + id)),
        Optional.of("2026-0042"));
  }

  /** The same with nobody who waits for a reply. */
  static Taken unanswerable(Taken of) {
    return new Taken(
        of.key(),
        of.digest(),
        of.device(),
        of.operation(),
        of.effect(),
        of.arrived(),
        of.expires(),
        of.body(),
        Optional.empty(),
        of.caseNumber());
  }

  static ReplyAddress address(String correlation) {
    return new ReplyAddress(
        "doorstep/v1/jingan-0042/reply/" + CLIENT, Optional.of(bytes(correlation)));
  }

  static Written enter(Journal journal, Taken taken) throws Exception {
    CompletableFuture<Written> told = new CompletableFuture<>();
    journal.enter(taken, told::complete);
    return told.get(30, TimeUnit.SECONDS);
  }

  static Written end(Journal journal, String id, State state, Optional<String> reply)
      throws Exception {
    CompletableFuture<Written> told = new CompletableFuture<>();
    journal.ended(key(id), state, reply.map(Entries::bytes), told::complete);
    return told.get(30, TimeUnit.SECONDS);
  }

  /** Everything that was changed before is on disk when this returns, all with one more command. */
  static void settle(Journal journal, String marker) throws Exception {
    enter(journal, unanswerable(safe(marker)));
    end(journal, marker, State.SUCCEEDED, Optional.empty());
  }

  static JournalSettings small(Path data, long bytes) {
    return limited(data, bytes, 100_000);
  }

  static JournalSettings limited(Path data, long bytes, int commands) {
    JournalSettings usual = JournalSettings.in(data);
    return new JournalSettings(
        usual.folder(),
        usual.keyFile(),
        usual.nativeFolder(),
        bytes,
        Duration.ofDays(30),
        commands);
  }

  static Consumer<Written> nobody() {
    return written -> {};
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
