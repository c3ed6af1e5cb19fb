package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.mqtt.BrokerConnection;
import dev.doorstep.protocol.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls without a final reply: finds the call of a reply, and ends each exactly once, by its
 * final reply, by its deadline, by a refusal or because the client is closed.
 */
final class Calls implements Outgoing.Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private record Entry(PendingCall<?> call, ScheduledFuture<?> alarm) {}

  private final Map<PendingCall.Key, Entry> entries = new LinkedHashMap<>();
  private final Set<PendingCall.Key> reserved = new HashSet<>();
  private final ScheduledExecutorService clock;
  private final Duration grace;
  private final Locale locale;
  private final Presence presence;
  private final Blobs blobs;
  private final Outgoing outgoing;
  private boolean closed;

  Calls(
      String client,
      CenterOptions options,
      ScheduledExecutorService clock,
      Presence presence,
      Blobs blobs) {
    this.clock = clock;
    this.presence = presence;
    this.grace = options.grace();
    this.locale = options.locale();
    this.blobs = blobs;
    this.outgoing = new Outgoing(client, this);
  }

  /**
   * Keeps an id for a call whose documents go up first; {@link #beginReserved} or {@link #giveUp}
   * is to follow.
   *
   * @throws IllegalStateException if the client is closed
   * @throws IllegalArgumentException if a call of this id is under way at the point
   */
  synchronized void reserve(PendingCall.Key key) {
    demandFree(key);
    reserved.add(key);
  }

  /** Gives up an id that was kept. */
  synchronized void giveUp(PendingCall.Key key) {
    reserved.remove(key);
  }

  private void demandFree(PendingCall.Key key) {
    if (closed) {
      throw new IllegalStateException("the center's client is closed");
    }
    if (entries.containsKey(key) || reserved.contains(key)) {
      throw new IllegalArgumentException("a call of this id is under way");
    }
  }

  /**
   * As {@link #begin}, for an id that was kept.
   *
   * @throws IllegalStateException if the client is closed
   */
  void beginReserved(PendingCall<?> call, boolean queued) {
    synchronized (this) {
      giveUp(call.key());
      enter(call);
    }
    send(call, queued);
  }

  /**
   * Begins a call. Unless it is queued, it ends at once if its point is not online.
   *
   * @throws IllegalStateException if the client is closed
   * @throws IllegalArgumentException if a call of this id is under way at the point
   */
  void begin(PendingCall<?> call, boolean queued) {
    enter(call);
    send(call, queued);
  }

  private synchronized void enter(PendingCall<?> call) {
    demandFree(call.key());
    entries.put(call.key(), new Entry(call, alarm(() -> expiryOver(call), call.left())));
  }

  private ScheduledFuture<?> alarm(Runnable task, Duration delay) {
    return clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void send(PendingCall<?> call, boolean queued) {
    if (queued) {
      release(call);
    } else {
      presence.ask(
          call.key().point(),
          absence -> absence.ifPresentOrElse(why -> notOnline(call, why), () -> release(call)));
    }
  }

  private void release(PendingCall<?> call) {
    synchronized (this) {
      Entry entry = entries.get(call.key());
      if (entry == null || entry.call() != call) {
        return; // it has ended meanwhile
      }
      call.release();
      outgoing.add(call);
    }
    outgoing.drain();
  }

  /** Takes a message from a point's reply topic. */
  void arrived(String point, Message message) {
    try {
      Reply reply = Codec.read(Reply.class, message.payload());
      Optional<PendingCall.Key> key = key(point, reply, message);
      if (reply.isFinal()) {
        key.map(this::find).filter(this::remove).ifPresent(call -> answered(call, reply));
      } else {
        key.map(this::find).ifPresent(call -> call.update(reply));
      }
    } catch (InvalidMessageException e) {
      LOG.warn("a reply of {} is not readable: {}", point, e.getMessage());
    }
  }

  private static Optional<PendingCall.Key> key(String point, Reply reply, Message message) {
    return reply
        .id()
        .or(() -> message.headers().correlation().map(b -> new String(b, StandardCharsets.UTF_8)))
        .map(id -> new PendingCall.Key(point, id));
  }

  private void answered(PendingCall<?> call, Reply reply) {
    reply.result().ifPresent(result -> blobs.announce(call.key().point(), result));
    call.end(reply);
  }

  /** Goes on with a new connection. */
  void connected(BrokerConnection connection) {
    synchronized (this) {
      outgoing.connected(connection, all().stream().filter(PendingCall::isReleased).toList());
    }
    outgoing.drain();
  }

  /** Holds commands back until there is a new connection. */
  void disconnected() {
    outgoing.lost();
  }

  @Override
  public void later(Runnable again) {
    try {
      var unused = clock.schedule(again, 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("not sent again: the client is closed");
    }
  }

  @Override
  public void expired(PendingCall<?> call) {
    end(call, State.EXPIRED, ErrorCode.EXPIRED, "it did not reach the point in time");
  }

  @Override
  public void tooLarge(PendingCall<?> call, String detail) {
    end(call, State.REJECTED, ErrorCode.TOO_LARGE, detail);
  }

  @Override
  public void refused(PendingCall<?> call, int reason) {
    end(
        call,
        State.REJECTED,
        ErrorCode.NO_REPLY,
        "the broker refused it: " + BrokerConnection.reasonText(reason));
  }

  private void notOnline(PendingCall<?> call, String why) {
    end(call, State.REJECTED, ErrorCode.NOT_ONLINE, why);
  }

  /** What never went out ends now; for the reply to anything else the device has its time. */
  private void expiryOver(PendingCall<?> call) {
    if (outgoing.expire(call)) {
      expired(call);
      return;
    }
    Duration patience = call.command().timeout().plus(grace);
    synchronized (this) {
      if (find(call.key()) == call) {
        entries.put(call.key(), new Entry(call, alarm(() -> noReply(call, patience), patience)));
      }
    }
  }

  private void noReply(PendingCall<?> call, Duration patience) {
    if (outgoing.expire(call)) {
      expired(call); // nobody was there each time it was sent
    } else {
      String detail = "none within " + patience.toSeconds() + " s after its expiry";
      end(call, State.UNKNOWN, ErrorCode.NO_REPLY, detail);
    }
  }

  /** Ends all calls; new ones are refused from now on. */
  void close() {
    List<PendingCall<?>> left;
    synchronized (this) {
      closed = true;
      left = all();
    }
    left.forEach(
        call -> end(call, State.UNKNOWN, ErrorCode.NO_REPLY, "the client was closed before"));
  }

  private void end(PendingCall<?> call, State state, ErrorCode code, String detail) {
    if (remove(call)) {
      Optional<String> id = Optional.of(call.key().id());
      call.end(CallFailedException.reply(id, state, code, detail, locale));
    }
  }

  private List<PendingCall<?>> all() {
    List<PendingCall<?>> all = new ArrayList<>();
    entries.values().forEach(entry -> all.add(entry.call()));
    return all;
  }

  private synchronized @Nullable PendingCall<?> find(PendingCall.Key key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.call();
  }

  /** Returns false if this call has ended; another one may then be under way under its key. */
  private boolean remove(PendingCall<?> call) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(call.key());
      if (entry == null || entry.call() != call) {
        return false;
      }
      entries.remove(call.key());
    }
    entry.alarm().cancel(false);
    outgoing.ended(call);
    return true;
  }
}
