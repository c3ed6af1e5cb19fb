package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One call from its beginning to its end; knows nothing of MQTT. */
final class PendingCall<R> {
  private static final Logger LOG = LoggerFactory.getLogger(PendingCall.class);

  /** Under which replies find their call: a point answers for itself alone. */
  record Key(String point, String id) {}

  /** Makes the caller's result of a final reply. */
  interface Reading<R> {
    R read(Reply reply) throws InvalidMessageException;
  }

  private final Key key;
  private final String device;
  private final Command command;
  private final byte[] message;
  private final long expires;
  private final Optional<Consumer<Reply>> updates;
  private final Reading<R> reading;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private volatile boolean released;
  private volatile boolean sent;
  private volatile boolean ended;

  /**
   * Begins to expire.
   *
   * @throws IllegalArgumentException if the command cannot be written, such as parameters that are
   *     nested too deeply
   */
  PendingCall(
      Key key,
      String device,
      Command command,
      Duration expiry,
      Optional<Consumer<Reply>> updates,
      Reading<R> reading) {
    this.key = key;
    this.device = device;
    this.command = command;
    this.message = written(command);
    this.expires = System.nanoTime() + expiry.toNanos();
    this.updates = updates;
    this.reading = reading;
  }

  private static byte[] written(Command command) {
    try {
      return Codec.write(command);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the parameters cannot be written: " + e.getOriginalMessage(), e);
    }
  }

  Key key() {
    return key;
  }

  String device() {
    return device;
  }

  Command command() {
    return command;
  }

  /** The command as it is published, each time the same; not to be changed. */
  byte[] message() {
    return message;
  }

  CompletionStage<R> result() {
    return result;
  }

  /** How much of the expiry is left; negative once it is over. */
  Duration left() {
    return Duration.ofNanos(expires - System.nanoTime());
  }

  /** Whether it goes to the broker: the point was online, or it need not be. */
  boolean isReleased() {
    return released;
  }

  void release() {
    released = true;
  }

  /** Whether the command was published, so that the point may have it. */
  boolean wasSent() {
    return sent;
  }

  void sent(boolean sent) {
    this.sent = sent;
  }

  boolean isEnded() {
    return ended;
  }

  void update(Reply reply) {
    if (updates.isEmpty()) {
      return;
    }
    try {
      updates.get().accept(reply);
    } catch (RuntimeException e) {
      LOG.warn("the listener of {} failed", this, e);
    }
  }

  /** Completes the result, exceptionally with whatever the reading throws: nobody else would. */
  void end(Reply reply) {
    ended = true;
    try {
      result.complete(reading.read(reply));
    } catch (InvalidMessageException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** Operation and place, without the parameters. */
  @Override
  public String toString() {
    return command.operation() + " at " + key.point() + "/" + device;
  }
}
